package dev.weft.common.messaging;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Works on several subjects in parallel, and on each subject in the order of arrival: a subject's next message begins
 * when the one before has ended.
 */
final class SubjectLanes {

    private final ExecutorService workers;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    /** The first of a lane is in work, or about to be. */
    private final HashMap<String, ArrayDeque<Runnable>> lanes = new HashMap<>();

    private int inWork;
    private boolean closed;

    SubjectLanes(int width) {
        this(width, Thread.ofVirtual().name("events-", 0).factory());
    }

    SubjectLanes(int width, ThreadFactory threads) {
        this.workers = Executors.newFixedThreadPool(width, threads);
    }

    /** Work must not throw. After {@link #close} it is forgotten. */
    void add(String subject, Runnable work) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            var lane = lanes.get(subject);
            if (lane != null) {
                lane.add(work);
                return;
            }
            lanes.put(subject, new ArrayDeque<>(List.of(work)));
            try {
                workers.execute(() -> workOn(subject));
            } catch (RuntimeException | Error e) {
                // No thread could be started. The lane is removed, so that later messages do not join a lane that
                // nobody works on.
                lanes.remove(subject);
                throw e;
            }
        } finally {
            lock.unlock();
        }
    }

    private void workOn(String subject) {
        var work = begin(subject);
        while (work != null) {
            boolean again;
            try {
                work.run();
            } finally {
                again = end(subject);
            }
            work = again ? begin(subject) : null;
        }
    }

    private @Nullable Runnable begin(String subject) {
        lock.lock();
        try {
            if (closed) {
                return null;
            }
            inWork++;
            return lanes.getOrDefault(subject, new ArrayDeque<>()).peekFirst();
        } finally {
            lock.unlock();
        }
    }

    /** True when this thread has to go on with the lane, since no other could be had. */
    private boolean end(String subject) {
        lock.lock();
        try {
            inWork--;
            ended.signalAll();
            var lane = lanes.get(subject);
            if (lane == null || closed) {
                return false;
            }
            lane.pollFirst();
            if (lane.isEmpty()) {
                lanes.remove(subject);
                return false;
            }
            // Queued behind the other subjects: a subject with many messages must not keep a worker to itself.
            workers.execute(() -> workOn(subject));
            return false;
        } catch (OutOfMemoryError e) {
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Begins nothing more, and waits for what is in work. */
    void close(Duration longest) {
        lock.lock();
        try {
            closed = true;
            lanes.clear();
            var left = longest.toNanos();
            while (inWork > 0 && left > 0) {
                left = ended.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
            workers.shutdown();
        }
    }
}

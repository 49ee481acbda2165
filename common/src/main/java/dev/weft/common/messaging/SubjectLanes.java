package dev.weft.common.messaging;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Does work about several subjects at once, and the work about one subject in the order in which it came: a subject's
 * next begins when the one before has ended.
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
        this.workers = Executors.newFixedThreadPool(
                width, Thread.ofVirtual().name("events-", 0).factory());
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
            workers.execute(() -> workOn(subject));
        } finally {
            lock.unlock();
        }
    }

    private void workOn(String subject) {
        var work = begin(subject);
        if (work == null) {
            return;
        }
        try {
            work.run();
        } finally {
            end(subject);
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

    private void end(String subject) {
        lock.lock();
        try {
            inWork--;
            ended.signalAll();
            var lane = lanes.get(subject);
            if (lane == null || closed) {
                return;
            }
            lane.pollFirst();
            if (lane.isEmpty()) {
                lanes.remove(subject);
            } else {
                // Behind the other subjects: one that has much to tell does not keep a worker for itself.
                workers.execute(() -> workOn(subject));
            }
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

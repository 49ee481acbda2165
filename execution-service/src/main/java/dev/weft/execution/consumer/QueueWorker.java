package dev.weft.execution.consumer;

import dev.weft.execution.queue.Delivery;
import dev.weft.execution.settling.Later;
import dev.weft.execution.settling.PublishOrder;
import dev.weft.execution.settling.PublishOrder.DeliverySource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on the deliveries of one queue in order: at most {@code prefetch} are in work at once, and large ones only as
 * long as they weigh no more than {@link Delivery#SHARE} together. Each is on a virtual thread; an idle queue has none.
 * {@code Workers.work} does the work of a run's queue, {@code DeadLetters.take} that of dead letters. A delivery that
 * waits for confirms and its record is no longer in work: the next one begins meanwhile, unless what waits so is too
 * large.
 */
public final class QueueWorker implements DeliverySource {

    private static final Logger log = LoggerFactory.getLogger(QueueWorker.class);

    /** While a store or a next queue is slow, what is worked on gathers here. */
    private static final long MOST_UNSETTLED = 2 * Delivery.SHARE;

    /** The weight of the newest message in what is usual is one in so many. */
    private static final int REMEMBERED = 16;

    private final int prefetch;
    private final BiConsumer<Delivery, QueueWorker> work;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Delivery> waiting = new ArrayDeque<>();
    private final PublishOrder order = new PublishOrder(this);
    private int inWork;
    private long bytesInWork;
    private long bytesWaiting;
    private long taken;
    private long usual;
    private final BegunDeliveries begun = new BegunDeliveries();
    private final EmptyPlaces emptyPlaces = new EmptyPlaces();
    private int holds;
    private boolean stopped;
    /** Deliveries that came and will not be begun: they are here until the channel gives them back. */
    private int left;

    private boolean givesBack;

    public QueueWorker(int prefetch, BiConsumer<Delivery, QueueWorker> work) {
        this.prefetch = prefetch;
        this.work = work;
    }

    @Override
    public PublishOrder order() {
        return order;
    }

    /** True when more waits here than may. */
    public boolean take(Delivery delivery) {
        lock.lock();
        try {
            if (stopped) {
                // After a cancel the broker still delivers what was already on its way.
                if (givesBack) {
                    delivery.requeue();
                } else {
                    left++;
                }
                return false;
            }
            taken++;
            var body = delivery.body().length;
            usual = usual == 0 ? Math.max(1, body) : Math.max(1, usual + (body - usual) / REMEMBERED);
            waiting.add(delivery);
            bytesWaiting += delivery.body().length;
            startIfFree();
            // A single message may be of any size: no smaller prefetch would help against it.
            return bytesWaiting > Delivery.SHARE && waiting.size() > 1;
        } finally {
            lock.unlock();
        }
    }

    private void startIfFree() {
        if (inWork < prefetch && holds == 0 && !stopped && !waiting.isEmpty() && fits(waiting.getFirst())) {
            inWork++;
            try {
                Thread.startVirtualThread(this::work);
            } catch (OutOfMemoryError e) {
                // Otherwise the place would stay taken for ever; the next delivery, or the end of another, tries again.
                inWork--;
                log.error("No thread can be had for a delivery", e);
            }
        }
    }

    /** What is read takes several times its bytes: few large messages are in work at once, but always one. */
    private boolean fits(Delivery delivery) {
        var bytes = delivery.body().length;
        return (bytesInWork == 0 || bytesInWork + bytes <= Delivery.SHARE)
                && (begun.isEmpty() || begun.bytes() + bytes <= MOST_UNSETTLED);
    }

    private void work() {
        var next = next(0, 0);
        while (next != null) {
            var since = System.nanoTime();
            try {
                work.accept(next, this);
            } catch (RuntimeException | Error e) {
                giveBackAfter(e, next);
            }
            next = next(next.body().length, System.nanoTime() - since);
        }
    }

    /** Whatever happens, this thread goes on: its place in the queue's work is nobody else's. */
    private void giveBackAfter(Throwable fault, Delivery delivery) {
        try {
            log.error("A delivery of {} could not be worked on; it is given back", delivery.queue(), fault);
        } finally {
            giveBack(delivery);
        }
    }

    /**
     * @param done the bytes of what this thread had in work
     * @param took how long it had that, in nanoseconds; 0 when it had none
     */
    private @Nullable Delivery next(int done, long took) {
        lock.lock();
        try {
            bytesInWork -= done;
            if (took > 0) {
                emptyPlaces.ended(took);
            }
            Delivery next = null;
            while (!stopped && holds == 0 && next == null && !waiting.isEmpty() && fits(waiting.getFirst())) {
                next = waiting.remove();
                bytesWaiting -= next.body().length;
                // Its channel is closed, so the broker delivers it again, here or elsewhere.
                if (!next.isLive()) {
                    next = null;
                }
            }
            if (next == null) {
                inWork--;
            } else {
                begun.begin(next);
                bytesInWork += next.body().length;
            }
            // The end of one large message may make room for several.
            startIfFree();
            changed.signalAll();
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** After a fault of ours. The broker counts how often that happens, and makes a dead letter of it at last. */
    @Override
    public void giveBack(Delivery delivery) {
        lock.lock();
        try {
            begun.giveBack(delivery);
            startIfFree();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        // The pause keeps a fault that happens each time from becoming a busy loop.
        Later.in(1000, () -> requeue(delivery));
    }

    private void requeue(Delivery delivery) {
        delivery.requeue();
        lock.lock();
        try {
            begun.hasReturned(delivery);
        } finally {
            lock.unlock();
        }
    }

    /** Could not be worked on now: it comes again, before all others, after a pause in which none is begun. */
    public void later(Delivery delivery, Duration pause) {
        lock.lock();
        try {
            begun.leave(delivery);
            holds++;
            if (!stopped) {
                waiting.addFirst(delivery);
                bytesWaiting += delivery.body().length;
            } else if (givesBack) {
                delivery.requeue();
            } else {
                left++;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        Later.in(pause.toMillis(), this::release);
    }

    /** A delivery's round has ended. */
    @Override
    public void settled(Delivery delivery) {
        lock.lock();
        try {
            begun.leave(delivery);
            startIfFree();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** No further delivery is begun until as many releases as holds have come. */
    @Override
    public void hold() {
        lock.lock();
        try {
            holds++;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void release() {
        lock.lock();
        try {
            holds--;
            // A start fills one place, and all of them may have become free during the hold.
            var free = prefetch - inWork;
            for (var i = 0; i < Math.min(free, waiting.size()); i++) {
                startIfFree();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Deliveries that were begun and are not acknowledged yet. */
    public int unacknowledged() {
        lock.lock();
        try {
            return begun.unsettled();
        } finally {
            lock.unlock();
        }
    }

    /** Deliveries that are here: begun or not, and not acknowledged yet. */
    public int held() {
        lock.lock();
        try {
            return waiting.size() + left + begun.returning() + begun.unsettled();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Which of these executions may have a message here. Where nobody can say of which execution a message is, all may.
     */
    public Set<String> holding(Set<String> executions) {
        lock.lock();
        try {
            // The deliveries counted in left are not kept, so nobody can say which executions they belong to.
            return left > 0 ? executions : begun.holding(executions, waiting);
        } finally {
            lock.unlock();
        }
    }

    public QueueLoad load() {
        lock.lock();
        try {
            return new QueueLoad(1, begun.unsettled(), waiting.size() + left + begun.returning());
        } finally {
            lock.unlock();
        }
    }

    /** Deliveries that have come since the start. */
    public long taken() {
        lock.lock();
        try {
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** What the body of a message weighs that has come lately, about; 0 when none has. */
    public long usualBytes() {
        lock.lock();
        try {
            return usual;
        } finally {
            lock.unlock();
        }
    }

    /** Of the bodies that are here; of those that only wait to be given back it is not known. */
    public long heldBytes() {
        lock.lock();
        try {
            return bytesWaiting + begun.bytes();
        } finally {
            lock.unlock();
        }
    }

    /** How many of those that wait weigh no more than may wait. */
    public int fitting() {
        lock.lock();
        try {
            return (int) Math.min(waiting.size(), waiting.size() * Delivery.SHARE / Math.max(bytesWaiting, 1));
        } finally {
            lock.unlock();
        }
    }

    /** Begins nothing any more; what waits here is not ours, but is here until its channel is closed. */
    public void stop() {
        lock.lock();
        try {
            stopped = true;
            // Only their number is kept: they weigh much, which is why a consumer of large messages is closed.
            left += waiting.size();
            waiting.clear();
            bytesWaiting = 0;
        } finally {
            lock.unlock();
        }
    }

    /** The same, and what waits here goes back at once: others may take it, or it is to be counted. */
    public void giveBack() {
        lock.lock();
        try {
            givesBack = true;
            stopped = true;
            waiting.forEach(Delivery::requeue);
            waiting.clear();
            bytesWaiting = 0;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether all that was begun has been settled, while nothing more is begun. It gives up when that takes longer than it
     * may, or costs too much: a place is empty meanwhile though messages wait for one.
     *
     * @param bearable for how long that may be, or for as long as a few usual messages take, whichever is longer
     */
    boolean drain(Duration most, Duration bearable) {
        var limit = System.nanoTime() + most.toNanos();
        lock.lock();
        try {
            emptyPlaces.begin(isPlaceEmpty());
            while (inWork > 0 || !begun.isEmpty()) {
                var left = limit - System.nanoTime();
                if (left <= 0 || emptyPlaces.isMuch(bearable)) {
                    return false;
                }
                // A delivery that arrives meanwhile signals nothing, so this wakes up now and then to look.
                var _ = changed.awaitNanos(Math.min(left, bearable.toNanos() / 8));
                emptyPlaces.look(isPlaceEmpty());
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** For the sake of whoever drains it, and not because there is nothing to do or another holds it too. */
    private boolean isPlaceEmpty() {
        return holds <= 1 && inWork < prefetch && !waiting.isEmpty();
    }

    /** Whether all that was begun has been settled within the time. */
    public boolean awaitSettled(Duration patience) {
        var left = patience.toNanos();
        lock.lock();
        try {
            while (inWork > 0 || !begun.isEmpty()) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}

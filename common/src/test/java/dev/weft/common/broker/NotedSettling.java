package dev.weft.common.broker;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Notes what is settled, in order, and can lose its channel; what it promises is {@link SettlingSpec}. */
public final class NotedSettling implements Settling {

    private final Queue<Long> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<Long> requeued = new ConcurrentLinkedQueue<>();
    /** Settled twice: the broker would close the channel for it. Product code may catch what is thrown here. */
    private final Queue<Long> twice = new ConcurrentLinkedQueue<>();

    private volatile boolean lost;

    /** The channel is gone: what is settled from now on is not heard. */
    public void lose() {
        lost = true;
    }

    @Override
    public void acknowledge(long tag) {
        note(acknowledged, tag);
    }

    @Override
    public void requeue(long tag) {
        note(requeued, tag);
    }

    private void note(Queue<Long> settled, long tag) {
        if (acknowledged.contains(tag) || requeued.contains(tag)) {
            twice.add(tag);
            throw new AssertionError("The delivery " + tag + " is settled twice.");
        }
        if (!lost) {
            settled.add(tag);
        }
    }

    @Override
    public boolean isOpen() {
        return !lost;
    }

    public List<Long> acknowledged() {
        requireOnce();
        return List.copyOf(acknowledged);
    }

    public List<Long> requeued() {
        requireOnce();
        return List.copyOf(requeued);
    }

    private void requireOnce() {
        if (!twice.isEmpty()) {
            throw new AssertionError("The deliveries " + twice + " are settled twice.");
        }
    }
}

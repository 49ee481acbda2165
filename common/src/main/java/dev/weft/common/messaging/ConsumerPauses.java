package dev.weft.common.messaging;

import dev.weft.common.duty.GrowingPause;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.BackOffExecution;

/**
 * Pauses of a consumer that can not consume its queue: they grow until a consumer has lived for a while. So a broker
 * that refuses many consumers is not asked by each of them every second.
 */
final class ConsumerPauses implements BackOff {

    /** A consumer that has lived for so long is no sign of a queue that lets none live. */
    private static final Duration WELL = Duration.ofSeconds(30);

    private final GrowingPause pauses = new GrowingPause(Duration.ofMillis(500), Duration.ofSeconds(10));
    private final LongSupplier nanoTime;
    private final Runnable told;
    private volatile boolean living;
    private volatile long began;

    /**
     * @param nanoTime {@link System#nanoTime}
     * @param told     that the queue can not be taken from
     */
    ConsumerPauses(LongSupplier nanoTime, Runnable told) {
        this.nanoTime = nanoTime;
        this.told = told;
    }

    /** The broker has taken the consumer on. */
    void began() {
        began = nanoTime.getAsLong();
        living = true;
    }

    @Override
    public BackOffExecution start() {
        return this::next;
    }

    /** The container asks when a consumer could not begin, also when one that lived has ended before. */
    private long next() {
        if (living && nanoTime.getAsLong() - began > WELL.toNanos()) {
            pauses.reset();
        }
        living = false;
        told.run();
        return pauses.next().toMillis();
    }
}

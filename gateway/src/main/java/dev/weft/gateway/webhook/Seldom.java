package dev.weft.gateway.webhook;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** At most once a minute, for lines of the log that many calls would write at once. */
final class Seldom {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final AtomicLong next = new AtomicLong(System.nanoTime());

    boolean isDue() {
        var due = next.get();
        var now = System.nanoTime();
        return now - due >= 0 && next.compareAndSet(due, now + MINUTE);
    }
}

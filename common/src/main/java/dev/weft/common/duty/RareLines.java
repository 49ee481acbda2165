package dev.weft.common.duty;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/** Logs lines of one kind at most once a minute; each line says how many were left out since the last. */
public final class RareLines {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final Logger log;
    private final AtomicLong next = new AtomicLong(System.nanoTime());
    private final AtomicInteger leftOut = new AtomicInteger();

    public RareLines(Logger log) {
        this.log = log;
    }

    public void warn(String what, Object about, Throwable cause) {
        if (isDue()) {
            log.warn("{}: {}: {} ({} such lines were left out)", what, about, cause.toString(), leftOut.getAndSet(0));
            log.debug("The cause", cause);
        }
    }

    public void warn(String what, Object about) {
        if (isDue()) {
            log.warn("{}: {} ({} such lines were left out)", what, about, leftOut.getAndSet(0));
        }
    }

    private boolean isDue() {
        var now = System.nanoTime();
        var due = next.get();
        // Of several threads at once one writes its line; the others count as left out.
        if (now - due >= 0 && next.compareAndSet(due, now + MINUTE)) {
            return true;
        }
        leftOut.incrementAndGet();
        return false;
    }
}

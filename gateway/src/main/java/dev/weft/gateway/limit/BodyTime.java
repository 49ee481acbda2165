package dev.weft.gateway.limit;

import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Limits how long a body may take to arrive. The server itself only limits the pause between two bytes, which an
 * attacker can keep short.
 */
public final class BodyTime {

    private static final String ATTRIBUTE = BodyTime.class.getName();

    private final LongSupplier nanos;
    private final long begun;
    private final long longest;

    BodyTime(Duration longest, LongSupplier nanos) {
        this.nanos = nanos;
        this.begun = nanos.getAsLong();
        this.longest = longest.toNanos();
    }

    /** From now on. */
    public static void start(ServletRequest request, Duration longest) {
        request.setAttribute(ATTRIBUTE, new BodyTime(longest, System::nanoTime));
    }

    static BodyTime of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof BodyTime time
                ? time
                : new BodyTime(Duration.ofDays(1), System::nanoTime);
    }

    /** @throws IOException when it is over: the connection is given up */
    void require() throws IOException {
        if (nanos.getAsLong() - begun > longest) {
            throw new IOException("The body takes too long to come.");
        }
    }
}

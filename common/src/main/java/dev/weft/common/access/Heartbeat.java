package dev.weft.common.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether announcements of changes reach this process, so that remembered answers may be used. workspace-service sends
 * a heartbeat every 2 s into the queue of these announcements: while it arrives, so do they.
 */
public final class Heartbeat {

    private static final Duration SILENCE = Duration.ofSeconds(5);

    private final Clock clock;
    private final Runnable forget;
    private volatile Instant heard = Instant.EPOCH;

    /** @param forget drops all that is remembered */
    public Heartbeat(Clock clock, Runnable forget) {
        this.clock = clock;
        this.forget = forget;
    }

    public boolean isHeard() {
        return heard.plus(SILENCE).isAfter(clock.instant());
    }

    public void heard() {
        if (!isHeard()) {
            // The first heartbeat after a silence may overtake withheld announcements, so older answers are forgotten.
            forget.run();
        }
        heard = clock.instant();
    }

    /** The queue is gone, or new: announcements may have been missed. */
    public void lost() {
        heard = Instant.EPOCH;
        forget.run();
    }
}

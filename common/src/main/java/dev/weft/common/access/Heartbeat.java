package dev.weft.common.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether this process hears what would end an answer that it remembers. workspace-service sends a heartbeat every 2 s to the
 * queue in which announcements come; while it is heard, so would they be.
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
            // It may come before what was withheld meanwhile, so that older answers must not hold again.
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

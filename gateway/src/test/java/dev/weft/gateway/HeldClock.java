package dev.weft.gateway;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The system's time, but for as long as a test holds it: then what is valid for seconds stays so on the slowest machine. */
public final class HeldClock extends Clock {

    private final Clock system = Clock.systemUTC();
    private volatile @Nullable Instant held;

    public void hold() {
        held = system.instant();
    }

    /** Of a clock that is held. */
    public void advance(Duration by) {
        held = instant().plus(by);
    }

    public void release() {
        held = null;
    }

    @Override
    public Instant instant() {
        var now = held;
        return now == null ? system.instant() : now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}

package dev.weft.execution.lifecycle;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Time that goes on faster when the test says so. */
final class MovableClock extends Clock {

    private final long begun = System.nanoTime();
    private Instant start = Instant.parse("2026-03-27T15:39:02Z");

    void advance(Duration by) {
        start = start.plus(by);
    }

    @Override
    public Instant instant() {
        return start.plusNanos(System.nanoTime() - begun).truncatedTo(ChronoUnit.MILLIS);
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

package dev.weft.bench.ledger;

import java.time.Instant;

/** One call, at a {@link System#nanoTime()} and by the clock. */
public record SinkEffect(String id, String key, long at, Instant clock) {}

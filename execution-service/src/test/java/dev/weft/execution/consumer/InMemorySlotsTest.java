package dev.weft.execution.consumer;

import dev.weft.common.duty.InMemoryLeaseRepository;
import dev.weft.common.id.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

/** The slots that other tests work with, where processes share a memory. */
class InMemorySlotsTest implements ReplicaSlotsSpec {

    private static final Duration TERM = Duration.ofSeconds(15);

    private volatile Instant now = Instant.parse("2026-11-29T12:00:00Z");
    private final InMemoryLeaseRepository leases =
            new InMemoryLeaseRepository(((InstantSource) () -> now).withZone(ZoneOffset.UTC));

    @Override
    public ReplicaSlots process() {
        return new LeasedSlots(leases, new Ids(), TERM);
    }

    @Override
    public void passATerm() {
        now = now.plus(TERM).plusMillis(1);
    }
}

package dev.weft.common.duty;

import java.time.Clock;

class InMemoryLeaseRepositoryTest implements LeaseRepositorySpec {

    private volatile InMemoryLeaseRepository leases = new InMemoryLeaseRepository(Clock.systemUTC());
    private volatile Clock clock = Clock.systemUTC();

    /** One store for all who ask with one clock. */
    @Override
    public synchronized LeaseRepository leases(Clock asked) {
        if (!clock.equals(asked)) {
            clock = asked;
            leases = new InMemoryLeaseRepository(asked);
        }
        return leases;
    }
}

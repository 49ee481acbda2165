package dev.weft.gateway.route;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.gateway.limit.RetryLater;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many connections to one service one client may use at a time. Without a limit, a client with slow requests or
 * downloads would use up all of them, and others could not even log in.
 */
final class ConnectionShares {

    private record Owner(Backend backend, String client) {}

    /** @param users how many have a place or wait for one */
    private record Share(Semaphore places, int users) {

        Share with(int more) {
            return new Share(places, users + more);
        }
    }

    private final int most;
    private final Duration turn;
    private final ConcurrentHashMap<Owner, Share> shares = new ConcurrentHashMap<>();

    /**
     * @param most connections to one service
     * @param turn how long one waits who has as many
     */
    ConnectionShares(int most, Duration turn) {
        this.most = most;
        this.turn = turn;
    }

    /** A place for one request; 503 when none gets free in time. */
    Place take(Backend backend, String client) {
        var owner = new Owner(backend, client);
        // Counted before it waits, so that others who give their places back do not remove the share.
        var share = shares.merge(owner, new Share(new Semaphore(most, true), 1), (known, _) -> known.with(1));
        var isTaken = false;
        try {
            isTaken = share.places().tryAcquire(turn.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!isTaken) {
                leave(owner);
            }
        }
        if (!isTaken) {
            throw new RetryLater(
                            Problem.of(
                                    ProblemCode.UNAVAILABLE,
                                    "More requests of this client are at work than it may have at a time."),
                            1)
                    .exception();
        }
        return new Place(owner, share.places());
    }

    private void leave(Owner owner) {
        // A client without users is removed: strangers may use any number of addresses.
        shares.computeIfPresent(owner, (_, share) -> share.users() == 1 ? null : share.with(-1));
    }

    /** Clients that have a place or wait for one. */
    int clients() {
        return shares.size();
    }

    /** The place of one request, used by one thread. */
    final class Place implements AutoCloseable {

        private final Owner owner;
        private final Semaphore places;
        private boolean isTaken = true;

        private Place(Owner owner, Semaphore places) {
            this.owner = owner;
            this.places = places;
        }

        /** Gives it back; once, however often it is said. */
        @Override
        public void close() {
            if (isTaken) {
                isTaken = false;
                places.release();
                leave(owner);
            }
        }
    }
}

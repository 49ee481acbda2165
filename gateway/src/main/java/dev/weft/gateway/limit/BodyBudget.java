package dev.weft.gateway.limit;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import jakarta.servlet.ServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits the memory that request bodies take on this instance, all together. Bytes are counted as they arrive, since an
 * announced length may be a lie. One address, or one contract, gets at most half of it, and a tenant, which has many of
 * both, three quarters: so no address closes its tenant's door, and no tenant that of others. Beyond that a request is
 * refused with 503. A second budget of the same size and shares is for what is made of bodies (objects, frames); a call
 * waits for its turn there.
 */
public final class BodyBudget {

    /** Bodies that are smaller are made into messages without waiting: there can not be so many at once. */
    public static final int SMALL = 64 * 1024;

    private static final String ATTRIBUTE = BodyBudget.class.getName();
    private static final Duration TURN = Duration.ofSeconds(10);

    private final long total;
    private final AtomicLong used = new AtomicLong();
    private final ConcurrentHashMap<String, Long> shares = new ConcurrentHashMap<>();
    private final WorkTurns work;

    /** Who has a share, and how large it is. */
    record Owner(String name, long most) {}

    /** @param total bytes */
    public BodyBudget(long total) {
        this.total = total;
        this.work = new WorkTurns(total, TURN);
    }

    /** What a request holds; it gives all back when it is closed. */
    public Held open(ServletRequest request) {
        var held = new Held("address " + ClientShare.of(request));
        request.setAttribute(ATTRIBUTE, held);
        return held;
    }

    /** Of a request that came through the edge. */
    public static Held of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Held held
                ? held
                : new BodyBudget(Long.MAX_VALUE).open(request);
    }

    /** Bytes that are held now. */
    public long used() {
        return used.get();
    }

    private boolean fits(Owner owner, long bytes) {
        return shares.merge(owner.name(), bytes, Long::sum) <= owner.most();
    }

    private void giveBack(Owner owner, long bytes) {
        // An owner that holds nothing keeps no entry: strangers may use any number of addresses.
        shares.computeIfPresent(owner.name(), (_, held) -> held == bytes ? null : Long.valueOf(held - bytes));
    }

    private static ProblemException refusal() {
        return new RetryLater(
                        Problem.of(
                                ProblemCode.UNAVAILABLE, "More large bodies are being read than there is memory for."),
                        2)
                .exception();
    }

    /** The share of one request; used by one thread. */
    public final class Held implements AutoCloseable {

        private final List<Owner> owners = new ArrayList<>(3);
        private long bytes;

        private Held(String address) {
            owners.add(new Owner(address, total / 2));
        }

        /** Counts for this one too: the contract whose body it is. */
        public void alsoOf(String owner) {
            add(new Owner(owner, total / 2));
        }

        public void alsoOfTenant(String tenant) {
            add(new Owner("tenant " + tenant, total / 4 * 3));
        }

        private void add(Owner owner) {
            owners.add(owner);
            // Bytes that arrived before the owner was known count for it too, since close() gives all of them back to
            // each owner.
            if (bytes > 0 && !fits(owner, bytes)) {
                throw refusal();
            }
        }

        /** As many bytes more; 503 when there is no place for them. */
        public void take(long more) {
            // Refused bytes are given back with the rest when the request ends.
            if (!count(more)) {
                throw refusal();
            }
        }

        /** As {@link #take}; false, and nothing is taken, when there is no place for them. */
        public boolean tryTake(long more) {
            if (count(more)) {
                return true;
            }
            giveBack(more);
            return false;
        }

        /** Counts them before it compares: two who looked at the same moment would both find the last place. */
        private boolean count(long more) {
            bytes += more;
            var fits = used.addAndGet(more) <= total;
            for (var owner : owners) {
                // Every owner is counted, also after one that has no room (hence & and not &&): all of them get the
                // same number back.
                fits &= fits(owner, more);
            }
            return fits;
        }

        private void giveBack(long some) {
            bytes -= some;
            used.addAndGet(-some);
            owners.forEach(owner -> BodyBudget.this.giveBack(owner, some));
        }

        /**
         * Waits for its turn to make {@code size} bytes of what has been read; 503 when it does not come. To be closed when
         * nothing of them is needed any more, and not only at the end of the request, which may wait long for its answer.
         */
        public WorkTurns.Turn work(long size) {
            try {
                return work.take(size <= SMALL ? 0 : size, List.copyOf(owners)).orElseThrow(BodyBudget::refusal);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw refusal();
            }
        }

        @Override
        public void close() {
            if (bytes > 0) {
                giveBack(bytes);
            }
        }
    }
}

package dev.weft.store.reading;

import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Limits what all queries together keep in memory beyond their current batch: documents to be sorted or grouped, and
 * results that wait in a cursor. A query beyond the limit is refused, as MongoDB refuses one that needs more than 100
 * MB and may not use the disk.
 */
final class QueryMemory {
    private static final int EXCEEDED = 292;

    private final long most;
    private final long mostOfOne;
    private final AtomicLong taken = new AtomicLong();
    private final BooleanSupplier relief;

    /** @param relief gives back some of what waits in cursors, before anybody is refused; false where nothing waits */
    QueryMemory(long most, long mostOfOne, BooleanSupplier relief) {
        this.most = most;
        this.mostOfOne = mostOfOne;
        this.relief = relief;
    }

    Share share(String stage) {
        return new Share(stage);
    }

    long taken() {
        return taken.get();
    }

    /** The share of one query, used by one thread at a time. */
    final class Share implements AutoCloseable {
        private final String stage;
        private long bytes;

        private Share(String stage) {
            this.stage = stage;
        }

        void take(long more) {
            if (bytes + more > mostOfOne) throw refusal();
            // Counted before it is compared: otherwise two queries could both take the last free part.
            if (taken.addAndGet(more) > most && !isRelieved()) {
                taken.addAndGet(-more);
                throw refusal();
            }
            bytes += more;
        }

        private boolean isRelieved() {
            while (taken.get() > most) if (!relief.getAsBoolean()) return false;
            return true;
        }

        boolean isEmpty() {
            return bytes == 0;
        }

        void give(long less) {
            bytes -= less;
            taken.addAndGet(-less);
        }

        @Override
        public void close() {
            give(bytes);
        }

        private MongoServerError refusal() {
            return new MongoServerError(
                    EXCEEDED,
                    "QueryExceededMemoryLimitNoDiskUseAllowed",
                    stage + " exceeded memory limit of " + mostOfOne
                            + " bytes, but did not opt in to external sorting, which the embedded store does not have");
        }
    }
}

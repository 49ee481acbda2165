package dev.weft.store.collection;

import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.backend.QueryMatcher;
import de.bwaldvogel.mongo.bson.Document;
import dev.weft.store.key.DocumentBytes;
import dev.weft.store.key.StoreKey;
import dev.weft.store.reading.PlanWalk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Finds the documents that a command will change, a lot at a time and without the collection's lock: so it neither
 * keeps all of them in memory nor lets other writers wait while it reads.
 */
final class FoundLots implements AutoCloseable {
    private static final int MOST = 200;
    private static final long MOST_BYTES = 1 << 20;

    private final PlanWalk walk;
    private final boolean steady;
    private final Document selector;
    private final Map<StoreKey, byte[]> documents;
    private final QueryMatcher matcher = new DefaultQueryMatcher();
    private List<Found> lot = List.of();

    /** @param stored as it was when it was found */
    private record Found(StoreKey position, byte[] stored, Document document) {}

    private FoundLots(PlanWalk walk, boolean steady, Document selector, Map<StoreKey, byte[]> documents) {
        this.walk = walk;
        this.steady = steady;
        this.selector = selector;
        this.documents = documents;
    }

    /** For documents that go: each lot is looked for behind the one before, among what is there by then. */
    static FoundLots of(PlanWalk walk, Document selector, Map<StoreKey, byte[]> documents) {
        return new FoundLots(walk, false, selector, documents);
    }

    /** For documents that stay, and might be met again further on. */
    static FoundLots ofOneMoment(PlanWalk walk, Document selector, Map<StoreKey, byte[]> documents) {
        return new FoundLots(walk.steady(), true, selector, documents);
    }

    /** Goes to the next lot; false where there is none. */
    boolean next() {
        lot = new ArrayList<>();
        var bytes = 0L;
        // Documents may be large or small, so a number alone would not limit a lot's memory.
        while (lot.size() < MOST && bytes < MOST_BYTES && walk.next()) {
            lot.add(new Found(walk.position(), walk.stored(), walk.document()));
            bytes += walk.stored().length;
        }
        // The lock may take long to get, and as long as the walk is open the file can not free old pages.
        if (!steady) walk.pause();
        return !lot.isEmpty();
    }

    /** What of the lot the selector still admits; called with the lock. */
    List<Document> stillFound() {
        List<Document> present = new ArrayList<>(lot.size());
        for (var found : lot) {
            // Other writers may have changed the document between the walk and the lock.
            var bytes = documents.get(found.position());
            if (bytes == null) continue;
            var document = Arrays.equals(bytes, found.stored()) ? found.document() : DocumentBytes.decode(bytes);
            if (matcher.matches(document, selector)) present.add(document);
        }
        return present;
    }

    @Override
    public void close() {
        walk.close();
    }
}

package dev.weft.store.collection;

import de.bwaldvogel.mongo.backend.AbstractCursor;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;

/** The rest of a result, handed out in batches of a default size where the client does not say one. */
final class BatchedCursor extends AbstractCursor {
    private final int defaultBatch;
    private List<Document> remaining;

    BatchedCursor(long id, List<Document> remaining, int defaultBatch) {
        super(id);
        this.remaining = remaining;
        this.defaultBatch = defaultBatch;
    }

    @Override
    public boolean isEmpty() {
        return remaining.isEmpty();
    }

    @Override
    public List<Document> takeDocuments(int wanted) {
        var count = Math.min(remaining.size(), wanted > 0 ? wanted : defaultBatch);
        var taken = remaining.subList(0, count);
        remaining = remaining.subList(count, remaining.size());
        return taken;
    }
}

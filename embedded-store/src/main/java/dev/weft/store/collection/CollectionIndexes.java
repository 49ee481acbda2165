package dev.weft.store.collection;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.IndexBuildFailedException;
import de.bwaldvogel.mongo.exception.MongoServerError;
import dev.weft.store.index.KeyRange;
import dev.weft.store.index.OrderedIndex;
import dev.weft.store.index.PrimaryIndex;
import dev.weft.store.key.DocumentBytes;
import dev.weft.store.key.StoreKey;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/** The indexes of one collection. They are changed under its lock; readers see them without it. */
final class CollectionIndexes {
    private final PrimaryIndex primary;
    // Readers iterate without a lock while an index is added or dropped.
    private final List<OrderedIndex> secondary = new CopyOnWriteArrayList<>();

    CollectionIndexes(MVMap<StoreKey, byte[]> documents) {
        primary = new PrimaryIndex(documents);
    }

    PrimaryIndex primary() {
        return primary;
    }

    /** Those beside the primary one, as they are at any time. */
    List<OrderedIndex> secondary() {
        return Collections.unmodifiableList(secondary);
    }

    /** Files what is there already, for an index that was made after it. */
    void fill(OrderedIndex index, MongoCollection<StoreKey> collection) {
        // The library would read all documents twice, and again at every start as long as the index is empty.
        if (index.isEmpty()) {
            try (var walk = primary.walk(KeyRange.ALL, false)) {
                while (walk.next()) {
                    var bytes = walk.document();
                    if (bytes != null) index.add(DocumentBytes.decode(bytes), walk.position(), collection);
                }
            } catch (MongoServerError e) {
                // The half-filled map is dropped: at the next start an existing map counts as complete.
                index.drop();
                throw new IndexBuildFailedException(e, collection);
            }
        }
        index.filled();
    }

    void add(OrderedIndex index) {
        if (index != primary) secondary.add(index);
    }

    void drop(String name) {
        secondary.removeIf(index -> index.getName().equals(name));
    }

    /** @param old null for a document that was not there */
    void refile(byte @Nullable [] old, byte[] bytes, StoreKey position, MongoCollection<StoreKey> collection) {
        if (secondary.isEmpty()) return;
        var after = DocumentBytes.decode(bytes);
        for (var index : secondary) {
            if (old == null) index.add(after, position, collection);
            else index.updateInPlace(DocumentBytes.decode(old), after, position, collection);
        }
    }

    void unfile(Document document, StoreKey position) {
        secondary.forEach(index -> index.unfile(document, position));
    }

    void renameTo(String namespace) {
        secondary.forEach(index -> index.renameTo(namespace));
    }
}

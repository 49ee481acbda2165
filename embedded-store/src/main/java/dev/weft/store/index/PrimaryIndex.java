package dev.weft.store.index;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.DuplicateKeyError;
import dev.weft.store.key.StoreKey;
import java.util.List;
import org.h2.mvstore.MVMap;

/** The index on {@code _id}: the map of documents itself, which is ordered by it. */
public final class PrimaryIndex extends OrderedIndex {
    private final MVMap<StoreKey, byte[]> documents;

    public PrimaryIndex(MVMap<StoreKey, byte[]> documents) {
        super("_id_", List.of(new IndexKey("_id", true)), false, false, true);
        this.documents = documents;
    }

    @Override
    public IndexWalk<?> walk(KeyRange range, boolean reverse) {
        return IndexWalk.begin(documents, range, reverse, (key, _) -> key);
    }

    @Override
    public long count(KeyRange range) {
        return range.count(documents);
    }

    @Override
    public boolean isUnique() {
        return true;
    }

    @Override
    public StoreKey getPosition(Document document) {
        return StoreKey.of(document.get("_id"));
    }

    @Override
    public void checkAdd(Document document, MongoCollection<StoreKey> collection) {
        var id = document.get("_id");
        if (documents.containsKey(StoreKey.of(id))) {
            throw new DuplicateKeyError(this, collection, getKeys(), new KeyValue(java.util.Arrays.asList(id)));
        }
    }

    @Override
    public void checkUpdate(Document before, Document after, MongoCollection<StoreKey> collection) {}

    @Override
    public void file(Document document, StoreKey position) {}

    @Override
    public void refile(Document before, Document after, StoreKey position) {}

    @Override
    public void unfile(Document document, StoreKey position) {}

    @Override
    void put(StoreKey key, StoreKey position) {}

    @Override
    void remove(StoreKey key, StoreKey position) {}

    @Override
    void saveMultikey() {}

    @Override
    public void renameTo(String namespace) {}

    @Override
    public long getCount() {
        return documents.sizeAsLong();
    }

    @Override
    public void drop() {}
}

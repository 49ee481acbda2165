package dev.weft.store.index;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.DuplicateKeyError;
import dev.weft.store.key.StoreKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * An index in which a value belongs to at most one document: its keys are the fields, its values the documents'
 * positions.
 */
public final class UniqueIndex extends OrderedIndex {
    private final StoreMaps maps;
    private final MVMap<StoreKey, StoreKey> entries;

    private UniqueIndex(
            StoreMaps maps,
            MVMap<StoreKey, StoreKey> entries,
            String name,
            List<IndexKey> keys,
            boolean sparse,
            boolean filled) {
        super(name, keys, sparse, maps.isMultikey(entries), filled);
        this.maps = maps;
        this.entries = entries;
    }

    public static UniqueIndex open(StoreMaps maps, String namespace, String name, List<IndexKey> keys, boolean sparse) {
        var filled = maps.hasIndex(namespace, name);
        return new UniqueIndex(maps, maps.uniqueIndex(namespace, name), name, keys, sparse, filled);
    }

    @Override
    public IndexWalk<?> walk(KeyRange range, boolean reverse) {
        return IndexWalk.begin(entries, range, reverse, (_, position) -> position);
    }

    @Override
    public long count(KeyRange range) {
        return range.count(entries);
    }

    @Override
    public boolean isUnique() {
        return true;
    }

    @Override
    void checkFree(
            Set<StoreKey> keys, @Nullable StoreKey owner, Document document, MongoCollection<StoreKey> collection) {
        for (var key : keys) {
            var position = entries.get(key);
            if (position == null || position.equals(owner)) continue;
            var values = new ArrayList<@Nullable Object>();
            for (var field : getKeys()) {
                var value = IndexEntries.value(document, field.getKey());
                values.add(value instanceof Missing ? null : value);
            }
            throw new DuplicateKeyError(this, collection, getKeys(), new KeyValue(values));
        }
    }

    /** An index built over existing documents meets its duplicates here. */
    @Override
    public void add(Document document, StoreKey position, MongoCollection<StoreKey> collection) {
        checkFree(entries(document).keys(), position, document, collection);
        super.add(document, position, collection);
    }

    @Override
    void put(StoreKey key, StoreKey position) {
        entries.put(key, position);
    }

    @Override
    void remove(StoreKey key, StoreKey position) {
        if (position.equals(entries.get(key))) entries.remove(key);
    }

    @Override
    void saveMultikey() {
        maps.saveMultikey(entries);
    }

    @Override
    public void renameTo(String namespace) {
        maps.renameIndex(entries, namespace, getName());
    }

    @Override
    public long getCount() {
        return entries.sizeAsLong();
    }

    @Override
    public void drop() {
        maps.remove(entries);
    }
}

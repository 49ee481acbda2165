package dev.weft.store.index;

import de.bwaldvogel.mongo.backend.IndexKey;
import dev.weft.store.key.KeyWriter;
import dev.weft.store.key.StoreKey;
import java.util.List;
import org.h2.mvstore.MVMap;

/**
 * An index in which several documents may have the same value: its keys are the fields, then the document's position.
 */
public final class PlainIndex extends OrderedIndex {
    private final StoreMaps maps;
    private final MVMap<StoreKey, Long> entries;

    private PlainIndex(
            StoreMaps maps,
            MVMap<StoreKey, Long> entries,
            String name,
            List<IndexKey> keys,
            boolean sparse,
            boolean filled) {
        super(name, keys, sparse, maps.isMultikey(entries), filled);
        this.maps = maps;
        this.entries = entries;
    }

    public static PlainIndex open(StoreMaps maps, String namespace, String name, List<IndexKey> keys, boolean sparse) {
        var filled = maps.hasIndex(namespace, name);
        return new PlainIndex(maps, maps.plainIndex(namespace, name), name, keys, sparse, filled);
    }

    @Override
    public IndexWalk<?> walk(KeyRange range, boolean reverse) {
        return IndexWalk.begin(entries, range, reverse, (key, fields) -> key.from(Math.toIntExact(fields)));
    }

    @Override
    public long count(KeyRange range) {
        return range.count(entries);
    }

    @Override
    void put(StoreKey key, StoreKey position) {
        entries.put(entry(key, position), (long) key.length());
    }

    @Override
    void remove(StoreKey key, StoreKey position) {
        entries.remove(entry(key, position));
    }

    private static StoreKey entry(StoreKey key, StoreKey position) {
        return new KeyWriter().append(key).append(position).toKey();
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

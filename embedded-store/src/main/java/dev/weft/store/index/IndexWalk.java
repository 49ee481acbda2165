package dev.weft.store.index;

import dev.weft.store.key.StoreKey;
import java.util.function.BiFunction;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/**
 * A walk through a part of an index as of one moment. Until it is closed, the file keeps all pages of that moment, so
 * walks are kept short: to go on later, begin another one after the last key.
 *
 * @param <V> the value that the index has for a key
 */
public final class IndexWalk<V> implements AutoCloseable {
    private final MVStore store;
    private final MVStore.TxCounter use;
    private final KeyRange range;
    private final BiFunction<StoreKey, V, StoreKey> positions;
    private final Cursor<StoreKey, V> cursor;
    private boolean closed;

    private IndexWalk(
            MVMap<StoreKey, V> map, KeyRange range, boolean reverse, BiFunction<StoreKey, V, StoreKey> positions) {
        this.range = range;
        this.positions = positions;
        store = map.getStore();
        // Registered before the first page is read; otherwise a checkpoint may overwrite pages that the walk has still
        // to read.
        use = store.registerVersionUsage();
        cursor = map.cursor(reverse ? range.to() : range.from(), reverse ? range.from() : range.to(), reverse);
    }

    static <V> IndexWalk<V> begin(
            MVMap<StoreKey, V> map, KeyRange range, boolean reverse, BiFunction<StoreKey, V, StoreKey> positions) {
        return new IndexWalk<>(map, range, reverse, positions);
    }

    /** Goes to the next entry; false where there is none. */
    public boolean next() {
        while (cursor.hasNext()) {
            // A cursor of MVStore includes its end key, while a range excludes it.
            if (!cursor.next().equals(range.to())) return true;
        }
        return false;
    }

    /** What the index is ordered by. */
    public StoreKey key() {
        return cursor.getKey();
    }

    /** Where the document of the entry lies. */
    public StoreKey position() {
        return positions.apply(cursor.getKey(), cursor.getValue());
    }

    /** The document, where the index holds documents. */
    public byte @Nullable [] document() {
        return cursor.getValue() instanceof byte[] bytes ? bytes : null;
    }

    @Override
    public void close() {
        if (closed) return;
        closed = true;
        store.deregisterVersionUsage(use);
    }
}

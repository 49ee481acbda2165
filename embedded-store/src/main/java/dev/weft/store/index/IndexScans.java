package dev.weft.store.index;

import dev.weft.store.key.StoreKey;
import java.util.function.BiPredicate;
import org.h2.mvstore.MVMap;

/** Walks through a part of a map as it was when the walk began. */
final class IndexScans {
    private IndexScans() {}

    static <V> void scan(MVMap<StoreKey, V> map, KeyRange range, boolean reverse, BiPredicate<StoreKey, V> visitor) {
        var cursor = map.cursor(reverse ? range.to() : range.from(), reverse ? range.from() : range.to(), reverse);
        while (cursor.hasNext()) {
            var key = cursor.next();
            if (key.equals(range.to())) continue;
            if (!visitor.test(key, cursor.getValue())) return;
        }
    }
}

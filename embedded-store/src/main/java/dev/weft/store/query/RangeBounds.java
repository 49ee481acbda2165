package dev.weft.store.query;

import dev.weft.store.index.KeyRange;
import dev.weft.store.key.KeyWriter;
import dev.weft.store.key.StoreKey;
import dev.weft.store.query.FieldCondition.Bound;

/** Turns the bounds of a field into a range of keys; in a descending field lower and upper change places. */
final class RangeBounds {
    private RangeBounds() {}

    static KeyRange of(StoreKey prefix, FieldCondition condition, boolean ascending) {
        var tag = condition.type().tag();
        var first = ascending ? condition.lower() : condition.upper();
        var last = ascending ? condition.upper() : condition.lower();
        return new KeyRange(
                first == null
                        ? tagged(prefix, ascending ? tag : ~tag)
                        : limit(prefix, first, ascending, !first.inclusive()),
                last == null
                        ? tagged(prefix, (ascending ? tag : ~tag) + 1)
                        : limit(prefix, last, ascending, last.inclusive()));
    }

    private static StoreKey limit(StoreKey prefix, Bound bound, boolean ascending, boolean behind) {
        var key = new KeyWriter().append(prefix).value(bound.value(), ascending).toKey();
        return behind ? KeyRange.above(key) : key;
    }

    private static StoreKey tagged(StoreKey prefix, int tag) {
        return new KeyWriter().append(prefix).append((byte) tag).toKey();
    }
}

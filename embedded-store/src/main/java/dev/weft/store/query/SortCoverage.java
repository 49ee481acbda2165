package dev.weft.store.query;

import de.bwaldvogel.mongo.bson.Document;
import dev.weft.store.index.OrderedIndex;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How many leading fields of the wanted order an index already gives, and in which direction it must be read for that.
 *
 * @param complete whether that is the whole order
 */
record SortCoverage(int fields, boolean reverse, boolean complete) {
    static final SortCoverage NONE = new SortCoverage(0, false, false);

    /**
     * @param fixed fields that have one value in all of the documents
     * @param start the first field of the index that has more than one
     */
    static SortCoverage of(OrderedIndex index, List<Map.Entry<String, Object>> order, Set<String> fixed, int start) {
        // A multikey index has an entry for each element of an array, while a sort looks at the least or greatest
        // element only.
        if (order.isEmpty() || index.isMultikey()) return NONE;
        var keys = index.getKeys();
        var at = start;
        var covered = 0;
        Boolean reverse = null;
        for (var field : order) {
            var ascending = isAscending(field.getValue());
            while (at < keys.size()
                    && fixed.contains(keys.get(at).getKey())
                    && !keys.get(at).getKey().equals(field.getKey())) {
                at++;
            }
            if (at < keys.size() && keys.get(at).getKey().equals(field.getKey())) {
                var turned = keys.get(at).isAscending() != ascending;
                if (reverse != null && reverse != turned) break;
                reverse = turned;
                at++;
            } else if (!fixed.contains(field.getKey())) {
                var byPosition = at == keys.size() && field.getKey().equals("_id") && index.endsWithPosition();
                if (!byPosition || (reverse != null && reverse == ascending)) break;
                return new SortCoverage(order.size(), !ascending, true);
            }
            covered++;
        }
        return new SortCoverage(covered, reverse != null && reverse, covered == order.size());
    }

    static List<Map.Entry<String, Object>> fields(@Nullable Document order) {
        return order == null ? List.of() : List.copyOf(order.entrySet());
    }

    private static boolean isAscending(@Nullable Object direction) {
        return direction instanceof Number number && number.intValue() > 0;
    }
}

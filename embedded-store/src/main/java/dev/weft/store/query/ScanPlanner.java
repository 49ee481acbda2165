package dev.weft.store.query;

import de.bwaldvogel.mongo.bson.Document;
import dev.weft.store.index.KeyRange;
import dev.weft.store.index.OrderedIndex;
import dev.weft.store.key.KeyWriter;
import dev.weft.store.key.StoreKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the index that should read least: first by equality on its leading fields, then by a range of the next field,
 * then by giving the wanted order (which saves memory and, with a limit, reading). It uses no statistics, since a
 * feature's indexes are made for its queries.
 */
public final class ScanPlanner {
    private static final int MOST_RANGES = 1_000;
    private static final int UNIQUE = 10_000;
    private static final int EQUALITY = 100;
    private static final int RANGE = 50;
    private static final int ORDER = 60;
    private static final int ORDER_OF_ALL = 40;
    private static final int PART_OF_ORDER = 30;

    private final QueryConditions conditions;
    private final List<Map.Entry<String, Object>> order;
    private final boolean limited;

    private ScanPlanner(QueryConditions conditions, @Nullable Document order, boolean limited) {
        this.conditions = conditions;
        this.order = SortCoverage.fields(order);
        this.limited = limited;
    }

    /** @param primary always usable, and first among the indexes */
    public static IndexScan plan(
            Document query,
            @Nullable Document order,
            boolean limited,
            OrderedIndex primary,
            List<OrderedIndex> indexes) {
        var planner = new ScanPlanner(QueryConditions.of(query), order, limited);
        var best = planner.scan(primary);
        for (var index : indexes) {
            var scan = planner.scan(index);
            if (scan.score() > best.score()) best = scan;
        }
        return best;
    }

    private IndexScan scan(OrderedIndex index) {
        var keys = index.getKeys();
        List<KeyWriter> prefixes = List.of(new KeyWriter());
        Set<String> fixed = new HashSet<>();
        var used = 0;
        var score = 0;
        var admitsOnlyNull = true;
        while (used < keys.size()) {
            var condition = conditions.on(keys.get(used).getKey());
            if (condition == null || condition.anyOf() == null) break;
            // Two long $in lists multiply to too many ranges: from here on the matcher checks.
            if ((long) prefixes.size() * condition.anyOf().size() > MOST_RANGES) break;
            prefixes = extend(prefixes, condition.anyOf(), keys.get(used).isAscending());
            if (condition.isSingle()) fixed.add(keys.get(used).getKey());
            score += condition.isSingle() ? EQUALITY : EQUALITY - 10;
            admitsOnlyNull &= condition.admitsNull();
            used++;
        }
        var unique = index.isUnique() && used == keys.size();
        var start = used;
        var exact = conditions.isComplete() && !index.isMultikey();
        List<KeyRange> ranges = new ArrayList<>(prefixes.size());
        var bounds = used < keys.size() ? conditions.on(keys.get(used).getKey()) : null;
        if (bounds != null && bounds.hasBounds()) {
            // In an array one element may satisfy the lower bound and another the upper one, and no element lies
            // between both.
            var limits = index.isMultikey() && bounds.lower() != null && bounds.upper() != null
                    ? FieldCondition.lower(bounds.lower())
                    : bounds;
            var ascending = keys.get(used).isAscending();
            for (var prefix : prefixes) ranges.add(RangeBounds.of(prefix.toKey(), limits, ascending));
            score += RANGE;
            admitsOnlyNull = false;
            used++;
        } else {
            for (var prefix : prefixes) ranges.add(KeyRange.startingWith(prefix.toKey()));
        }
        for (var i = 0; i < keys.size(); i++) {
            var condition = conditions.on(keys.get(i).getKey());
            if (condition != null && condition.isSingle()) fixed.add(keys.get(i).getKey());
        }
        // A sparse index lacks documents without its fields, which would match a condition that admits null, or no
        // condition.
        if (index.isSparseIndex() && admitsOnlyNull)
            return new IndexScan(index, ranges, SortCoverage.NONE, false, true, -1);
        var sort = SortCoverage.of(index, order, fixed, start);
        return new IndexScan(
                index,
                ranges,
                sort,
                exact && used == conditions.size(),
                score == 0,
                score + (unique ? UNIQUE : 0) + orderScore(sort));
    }

    private int orderScore(SortCoverage sort) {
        if (sort.complete()) return order.isEmpty() ? 0 : limited ? ORDER : ORDER_OF_ALL;
        return limited && sort.fields() > 0 ? PART_OF_ORDER : 0;
    }

    private static List<KeyWriter> extend(List<KeyWriter> prefixes, List<@Nullable Object> values, boolean ascending) {
        // Sorted and without duplicates, since 1 and 1.0 are one value and a range must not be read twice.
        Set<StoreKey> longer = new java.util.TreeSet<>();
        for (var prefix : prefixes) {
            for (var value : values) {
                longer.add(new KeyWriter()
                        .append(prefix.toKey())
                        .value(value, ascending)
                        .toKey());
            }
        }
        return longer.stream().map(key -> new KeyWriter().append(key)).toList();
    }
}

package dev.weft.store.query;

import dev.weft.store.index.KeyRange;
import dev.weft.store.index.OrderedIndex;
import java.util.List;

/**
 * A plan: ranges of an index that contain all documents of a query, and maybe others.
 *
 * @param sort how many leading fields of the wanted order the index already gives within a range
 * @param exact whether the ranges contain only matching documents, each once
 * @param whole whether the ranges cover the whole index
 */
public record IndexScan(
        OrderedIndex index, List<KeyRange> ranges, SortCoverage sort, boolean exact, boolean whole, int score) {
    public boolean reverse() {
        return sort.reverse();
    }

    /** How many fields of the wanted order need no sorting within a range. */
    public int sortedFields() {
        return sort.fields();
    }

    /** Whether the documents come in the wanted order. */
    public boolean isSorted() {
        return sort.complete() && ranges.size() == 1;
    }

    /** Whether each range by itself comes in the wanted order. */
    public boolean isSortedByRange() {
        return sort.complete();
    }
}

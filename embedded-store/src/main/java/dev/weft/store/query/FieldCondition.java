package dev.weft.store.query;

import dev.weft.store.key.KeyType;
import dev.weft.store.key.StoreKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a query demands of one field, as far as an index can use it: that it is one of some values, or lies between
 * bounds of one type.
 *
 * @param exact whether this is everything that the query demands of the field
 */
record FieldCondition(
        @Nullable List<@Nullable Object> anyOf,
        @Nullable Bound lower,
        @Nullable Bound upper,
        boolean exact) {
    record Bound(Object value, boolean inclusive) {
        KeyType type() {
            return KeyType.of(value);
        }

        /** The one that admits less, or more where {@code wider}; both are lower bounds, or upper ones. */
        Bound choose(Bound other, boolean isLower, boolean wider) {
            var order = StoreKey.of(value).compareTo(StoreKey.of(other.value));
            if (order == 0) return inclusive == wider ? this : other;
            return order > 0 == (isLower != wider) ? this : other;
        }
    }

    static FieldCondition anyOf(List<@Nullable Object> values) {
        return new FieldCondition(values, null, null, true);
    }

    static FieldCondition lower(Bound bound) {
        return new FieldCondition(null, bound, null, true);
    }

    static FieldCondition upper(Bound bound) {
        return new FieldCondition(null, null, bound, true);
    }

    FieldCondition inexact() {
        return new FieldCondition(anyOf, lower, upper, false);
    }

    boolean isSingle() {
        return anyOf != null && anyOf.size() == 1;
    }

    boolean hasBounds() {
        return lower != null || upper != null;
    }

    boolean admitsNull() {
        return anyOf != null && anyOf.contains(null);
    }

    /** Both conditions at once; where they cannot be said together, the more useful one. */
    FieldCondition and(FieldCondition other) {
        if (anyOf != null || other.anyOf != null) {
            var better = anyOf == null || (other.anyOf != null && other.anyOf.size() < anyOf.size()) ? other : this;
            return better.inexact();
        }
        // Only an array can satisfy both. The index uses one of the conditions, and the matcher checks the other.
        if (!sameType(other)) return inexact();
        return new FieldCondition(
                null,
                lower == null || other.lower == null
                        ? (lower == null ? other.lower : lower)
                        : lower.choose(other.lower, true, false),
                upper == null || other.upper == null
                        ? (upper == null ? other.upper : upper)
                        : upper.choose(other.upper, false, false),
                exact && other.exact);
    }

    /** The narrowest bounds that hold whatever either condition admits; null if there are none. */
    @Nullable
    FieldCondition or(FieldCondition other) {
        var mine = asBounds();
        var others = other.asBounds();
        if (mine == null || others == null || !mine.sameType(others)) return null;
        var low = mine.lower == null || others.lower == null ? null : mine.lower.choose(others.lower, true, true);
        var high = mine.upper == null || others.upper == null ? null : mine.upper.choose(others.upper, false, true);
        return low == null && high == null ? null : new FieldCondition(null, low, high, false);
    }

    private @Nullable FieldCondition asBounds() {
        if (anyOf == null) return this;
        var value = anyOf.getFirst();
        if (anyOf.size() > 1 || value == null) return null;
        return new FieldCondition(null, new Bound(value, true), new Bound(value, true), false);
    }

    private boolean sameType(FieldCondition other) {
        return type() == other.type();
    }

    KeyType type() {
        if (lower != null) return lower.type();
        return upper == null ? KeyType.NULL : upper.type();
    }
}

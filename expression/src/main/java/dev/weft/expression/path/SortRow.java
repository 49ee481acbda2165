package dev.weft.expression.path;

import org.jspecify.annotations.Nullable;

/** An element with the values of its sort terms, each evaluated once; null means not evaluated yet. */
final class SortRow {
    final @Nullable Object element;
    final @Nullable Object[] keys;

    SortRow(@Nullable Object element, @Nullable Object[] keys) {
        this.element = element;
        this.keys = keys;
    }
}

package dev.weft.expression.value;

import org.jspecify.annotations.Nullable;

/** What an expression gives that finds nothing: JSONata's undefined. A Java null is the {@code null} of JSON. */
public enum Nothing {
    NOTHING;

    public static boolean is(@Nullable Object value) {
        return value == NOTHING;
    }
}

package dev.weft.expression.value;

import org.jspecify.annotations.Nullable;

/** JSONata's undefined: the value of an expression that finds nothing. Java's null is the {@code null} of JSON. */
public enum Nothing {
    NOTHING;

    public static boolean is(@Nullable Object value) {
        return value == NOTHING;
    }
}

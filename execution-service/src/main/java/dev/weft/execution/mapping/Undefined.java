package dev.weft.execution.mapping;

import org.jspecify.annotations.Nullable;

/** JSONata's undefined: an expression that found nothing, which is not the same as one that found {@code null}. */
public enum Undefined {
    UNDEFINED;

    public static boolean is(@Nullable Object value) {
        return value == UNDEFINED;
    }
}

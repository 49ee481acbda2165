package dev.weft.execution.mapping;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a value counts as true: as JSONata's {@code $boolean} says, for conditions of edges and filters. */
public final class Truth {

    private Truth() {}

    /** Undefined, null, 0, "", an object or array without members, and an array of such elements are false. */
    public static boolean of(@Nullable Object value) {
        return switch (value) {
            case Boolean truth -> truth;
            case String text -> !text.isEmpty();
            case Number number -> number.doubleValue() != 0;
            case Map<?, ?> map -> !map.isEmpty();
            case List<?> list -> list.stream().anyMatch(Truth::of);
            case null, default -> false;
        };
    }
}

package dev.weft.expression.definition;

import dev.weft.expression.value.Callee;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The symbols of signatures for the types of values, such as {@code n} for a number. */
final class ArgumentKind {

    private ArgumentKind() {}

    static char of(@Nullable Object value) {
        return switch (value) {
            case null -> 'l';
            case String _ -> 's';
            case Number _ -> 'n';
            case Boolean _ -> 'b';
            case List<?> _ -> 'a';
            case Map<?, ?> _ -> 'o';
            case Callee _ -> 'f';
            default -> 'm';
        };
    }
}

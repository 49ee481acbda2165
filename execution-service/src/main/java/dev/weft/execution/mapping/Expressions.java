package dev.weft.execution.mapping;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Compiles expressions, and keeps those used lately. */
public interface Expressions {

    /** The flow that a thread works for: what one of its expressions costs is held against all of them. */
    ScopedValue<String> FLOW = ScopedValue.newInstance();

    /** @throws IllegalArgumentException with position on a syntax error, or when it is too long or too deeply nested */
    Expression compile(String text);

    /**
     * Compiles a field marked J: a string is an expression, inside objects and arrays strings are; all else is literal.
     *
     * @throws IllegalArgumentException as {@link #compile}
     */
    Expression compileValue(@Nullable Object field);

    /** How long one evaluation may take at most. */
    default Duration longest() {
        return Duration.ZERO;
    }
}

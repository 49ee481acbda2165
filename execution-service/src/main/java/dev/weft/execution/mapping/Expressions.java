package dev.weft.execution.mapping;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Compiles expressions, and keeps those used lately. */
public interface Expressions {

    /** What a thread works for. */
    ScopedValue<Work> WORK = ScopedValue.newInstance();

    /** The piece of work for which expressions are evaluated; its limits apply to them. */
    interface Work {

        /** What one of its expressions costs is held against all of them. */
        String flowId();

        /**
         * A mapping may have thousands of expressions, each of which may take its whole time: asked before each that may.
         *
         * @throws dev.weft.execution.step.StepFailure when no further one is to be begun
         */
        void requireTime();

        /**
         * So many bytes, about, have been made for it, or are about to be: the sum counts, since each of thousands of
         * expressions may be modest.
         *
         * @throws dev.weft.execution.step.StepFailure     when that is too much
         * @throws dev.weft.execution.step.StepUnavailable when others of the process come to much at the moment
         */
        void make(long bytes);
    }

    /** Counts what is made for the work that this thread does; {@link Work#make}. */
    static void make(long bytes) {
        if (bytes > 0 && WORK.isBound()) {
            WORK.get().make(bytes);
        }
    }

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

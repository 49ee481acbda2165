package dev.weft.execution.step;

import dev.weft.common.flowmessage.StepQueues;

/** A built-in function, such as {@code weft/mapper:map}: makes a {@link Step} of a node's fields. Each is one bean. */
public interface Builtin {

    /** {@code team/component:method} without version. */
    String command();

    /**
     * Whether the work has no effect outside and is cheap: such a step needs no queue of its own; the worker that
     * emitted its input does it at once, before the next durable point.
     */
    default boolean inline() {
        return !StepQueues.hasOwn(command());
    }

    /** Whether one input may lead to several messages. */
    default boolean emitsMany() {
        return false;
    }

    /** Whether the step is given what it stored last ({@link StepInput#snapshot}). */
    default boolean usesSnapshot() {
        return false;
    }

    /** Compiles the fields; an expression that can not be compiled is an {@link IllegalArgumentException}. */
    Step prepare(StepSettings settings);
}

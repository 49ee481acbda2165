package dev.weft.expression.node;

import org.jspecify.annotations.Nullable;

/** A filter behind a step, or a name for the position ({@code #$i}) when {@code name} is set. */
public record Stage(@Nullable Node filter, @Nullable String name) {}

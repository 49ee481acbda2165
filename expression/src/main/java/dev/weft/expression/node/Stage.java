package dev.weft.expression.node;

import org.jspecify.annotations.Nullable;

/** What stands behind a step: a filter, or a name for the position when {@code name} is there. */
public record Stage(@Nullable Node filter, @Nullable String name) {}

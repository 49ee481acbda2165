package dev.weft.execution.execution;

import org.jspecify.annotations.Nullable;

/**
 * A retry on its way: recorded in its execution before it is sent, so that no crash can lose it.
 *
 * @param key  the effect key of the new message
 * @param body the edited body as JSON text; null: the body as it was
 */
public record Resend(
        String key, String errorId, String stepId, @Nullable String body, long at) {}

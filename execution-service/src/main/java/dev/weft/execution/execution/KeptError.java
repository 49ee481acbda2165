package dev.weft.execution.execution;

/** An error record; its input lies in a place of its own. */
public record KeptError(
        String id,
        String stepId,
        String messageId,
        long at,
        String name,
        String message,
        String stack,
        Execution.ErrorState state) {

    public KeptError in(Execution.ErrorState next) {
        return new KeptError(id, stepId, messageId, at, name, message, stack, next);
    }

    int textLength() {
        return name.length() + message.length() + stack.length();
    }
}

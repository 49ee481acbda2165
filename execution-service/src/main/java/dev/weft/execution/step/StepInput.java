package dev.weft.execution.step;

import dev.weft.execution.message.StepMessage;
import org.jspecify.annotations.Nullable;

/**
 * What a step works on.
 *
 * @param effectKey what the message stands for, the same when it is delivered again; sinks refuse it twice
 * @param attempt   1 for the first, one more for each rebound and for each retry that the step made in place before it
 * @param snapshot  what the step stored last, as plain values; null when it never did
 * @param replyTo   where a waiting webhook caller is answered; null when nobody waits
 * @param keeping   takes what the step needs until the work on its delivery has ended
 */
public record StepInput(
        String execution,
        String effectKey,
        StepMessage message,
        int attempt,
        @Nullable Object snapshot,
        @Nullable String replyTo,
        Keeping keeping) {

    /** Closes what it was given when all that comes of the delivery has gone on, such as room in memory. */
    public interface Keeping {
        void keep(AutoCloseable something);
    }
}

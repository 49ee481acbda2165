package dev.weft.execution.step;

import dev.weft.execution.message.StepMessage;
import org.jspecify.annotations.Nullable;

/**
 * The message that a step works on, and what belongs to it.
 *
 * @param effectKey identifies the message's effect, the same when it is delivered again, so that receivers can refuse a
 *                  repetition
 * @param attempt   1 for the first, one more for each rebound and for each retry that the step made in place before it
 * @param snapshot  what the step stored last, as plain values; null when it never did
 * @param replyTo   where a waiting webhook caller is answered; null when nobody waits
 * @param keeping   closes a resource of the step when the work on its delivery has ended
 */
public record StepInput(
        String execution,
        String effectKey,
        StepMessage message,
        int attempt,
        @Nullable Object snapshot,
        @Nullable String replyTo,
        Keeping keeping) {

    /** Closes what it was given, such as room in memory, when everything that came of the delivery has been sent. */
    public interface Keeping {
        void keep(AutoCloseable something);
    }
}

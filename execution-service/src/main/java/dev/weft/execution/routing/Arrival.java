package dev.weft.execution.routing;

import dev.weft.execution.message.MessageEnvelope;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.plan.PlannedStep;
import org.jspecify.annotations.Nullable;

/**
 * A message at a step.
 *
 * @param edge usually null; otherwise the message is as its source emitted it, and this edge's condition and mapping
 *             are still to come, or have failed
 */
public record Arrival(
        PlannedStep step,
        StepMessage message,
        MessageEnvelope envelope,
        @Nullable String edge) {

    public Arrival(PlannedStep step, StepMessage message, MessageEnvelope envelope) {
        this(step, message, envelope, null);
    }

    public Arrival before(String itsEdge) {
        return new Arrival(step, message, envelope, itsEdge);
    }

    /** Of its record: each attempt has one of its own, though all stand for the same effect. */
    public String key() {
        return key(envelope.effectKey(), envelope.attempt());
    }

    /** The same, to be sent once more. */
    public Arrival again(String newId) {
        return new Arrival(step, message, envelope.again(newId));
    }

    public String nextAttemptKey() {
        return key(envelope.effectKey(), envelope.attempt() + 1);
    }

    private static String key(String effectKey, int attempt) {
        // A rebound and the attempt after it are two records, which need two keys; their effect key is the same.
        return attempt == 1 ? effectKey : effectKey + "#" + attempt;
    }
}

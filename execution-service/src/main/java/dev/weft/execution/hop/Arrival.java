package dev.weft.execution.hop;

import dev.weft.execution.message.MessageEnvelope;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.plan.PlannedStep;

/** A message at a step. */
record Arrival(PlannedStep step, StepMessage message, MessageEnvelope envelope) {

    /** Of its record: each attempt has one of its own, though all stand for the same effect. */
    String key() {
        return key(envelope.effectKey(), envelope.attempt());
    }

    String nextAttemptKey() {
        return key(envelope.effectKey(), envelope.attempt() + 1);
    }

    private static String key(String effectKey, int attempt) {
        return attempt == 1 ? effectKey : effectKey + "#" + attempt;
    }
}

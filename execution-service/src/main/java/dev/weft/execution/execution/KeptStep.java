package dev.weft.execution.execution;

import dev.weft.execution.record.Payload;
import dev.weft.execution.record.StepRecord;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A step record as it is kept; without payloads when the flow keeps no statistics. */
record KeptStep(
        Mark mark,
        String stepId,
        String messageId,
        @Nullable String parentMessageId,
        StepRecord.Status status,
        long startedAt,
        long durationMs,
        @Nullable Payload input,
        @Nullable List<Payload> outputs,
        boolean truncated) {

    /**
     * Names a step's record within its execution.
     *
     * @param key of the effect, its first 64 bits ({@link KeySet})
     */
    record Mark(long key, int attempt) {}

    KeptStep with(UnaryOperator<Payload> fetched) {
        return new KeptStep(
                mark,
                stepId,
                messageId,
                parentMessageId,
                status,
                startedAt,
                durationMs,
                input == null ? null : fetched.apply(input),
                outputs == null ? null : outputs.stream().map(fetched).toList(),
                truncated);
    }
}

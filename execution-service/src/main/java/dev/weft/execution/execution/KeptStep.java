package dev.weft.execution.execution;

import dev.weft.execution.record.Payload;
import dev.weft.execution.record.StepRecord;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A step record as it is kept; without payloads when the flow keeps no statistics. */
public record KeptStep(
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
     * How many outputs are kept of what a sailor tells of one message. It tells them frame by frame, and each frame
     * rewrites the whole document.
     */
    private static final int KEPT_OUTPUTS = 1000;

    /**
     * Names a step's record within its execution.
     *
     * @param key of the effect, its first 64 bits ({@link KeySet})
     */
    public record Mark(long key, int attempt) {}

    /** Of two records of the same work the first; but that a sailor is at it is no end, and what it was given is kept. */
    KeptStep orElse(KeptStep other) {
        if (status == StepRecord.Status.RUNNING) {
            return other.givenAs(this);
        }
        return other.status == StepRecord.Status.RUNNING ? givenAs(other) : this;
    }

    /** A sailor tells something more of its work. */
    KeptStep toldMore(KeptStep more) {
        if (status == StepRecord.Status.RUNNING) {
            return more.givenAs(this);
        }
        var begun = Math.min(startedAt, more.startedAt);
        var ended = Math.max(startedAt + durationMs, more.startedAt + more.durationMs);
        return new KeptStep(
                mark,
                stepId,
                messageId,
                parentMessageId,
                status == StepRecord.Status.COMPLETED ? more.status : status,
                begun,
                ended - begun,
                input,
                together(outputs, more.outputs),
                truncated || more.truncated || (outputs != null && outputs.size() >= KEPT_OUTPUTS));
    }

    private KeptStep givenAs(KeptStep given) {
        return new KeptStep(
                mark,
                stepId,
                messageId,
                given.parentMessageId,
                status,
                startedAt,
                durationMs,
                // That somebody has begun with a message is noted without it.
                given.input == null ? input : given.input,
                outputs,
                truncated || given.truncated);
    }

    private static @Nullable List<Payload> together(@Nullable List<Payload> one, @Nullable List<Payload> other) {
        return one == null || other == null
                ? null
                : Stream.concat(one.stream(), other.stream())
                        .limit(KEPT_OUTPUTS)
                        .toList();
    }

    /** With what lay elsewhere; truncated where a mark stands for it. */
    KeptStep with(UnaryOperator<Payload> fetched) {
        var shownInput = input == null ? null : fetched.apply(input);
        var shownOutputs =
                outputs == null ? null : outputs.stream().map(fetched).toList();
        return new KeptStep(
                mark,
                stepId,
                messageId,
                parentMessageId,
                status,
                startedAt,
                durationMs,
                shownInput,
                shownOutputs,
                truncated
                        || (shownInput != null && shownInput.isMark())
                        || (shownOutputs != null && shownOutputs.stream().anyMatch(Payload::isMark)));
    }
}

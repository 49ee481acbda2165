package dev.weft.execution.hop;

import dev.weft.execution.execution.Payload;
import dev.weft.execution.execution.StepRecord;
import dev.weft.execution.execution.StepRecord.FailureRecord;
import dev.weft.execution.execution.StepRecord.Status;
import dev.weft.execution.message.StepMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a step's work on one message has come to so far; at its end, the record of it. */
final class StepWork {

    private final Arrival arrival;
    /** Null when the flow keeps no payloads. */
    private final @Nullable ShownMessages shown;

    private final long startedAt;
    private final List<Payload> outputs = new ArrayList<>();
    private final List<String> children = new ArrayList<>();
    private @Nullable FailureRecord failure;
    private boolean rebound;
    private boolean truncated;
    private int emitted;
    private int failures;

    StepWork(Arrival arrival, @Nullable ShownMessages shown, long startedAt) {
        this.arrival = arrival;
        this.shown = shown;
        this.startedAt = startedAt;
    }

    Arrival arrival() {
        return arrival;
    }

    /** The ordinal of this message among those emitted. */
    int emit(StepMessage message) {
        if (shown != null) {
            var output = shown.of(message);
            outputs.add(output.payload());
            truncated |= output.truncated();
        }
        return emitted++;
    }

    /** An answer to the caller is something emitted too, though no message. */
    void answer() {
        emitted++;
    }

    void child(String key) {
        children.add(key);
    }

    void rebound(String nextKey) {
        rebound = true;
        children.add(nextKey);
    }

    /** Which failure of this work it is, from 0. */
    int fail() {
        return failures++;
    }

    void fail(FailureRecord record) {
        failure = record;
    }

    StepRecord record(long now) {
        return record(arrival.key(), status(), now, failure, List.copyOf(children));
    }

    /** A step may report several failures; each after the first has a record of its own. */
    StepRecord furtherFailure(int ordinal, FailureRecord record, long now, List<String> itsChildren) {
        return record(arrival.key() + "!" + ordinal, Status.FAILED, now, record, itsChildren);
    }

    private StepRecord record(
            String key, Status status, long now, @Nullable FailureRecord itsFailure, List<String> itsChildren) {
        var envelope = arrival.envelope();
        var input = shown == null ? null : shown.of(arrival.message());
        return new StepRecord(
                key,
                arrival.step().id(),
                envelope.messageId(),
                envelope.parentMessageId(),
                envelope.attempt(),
                status,
                startedAt,
                now - startedAt,
                input == null ? null : input.payload(),
                input == null ? null : List.copyOf(outputs),
                truncated || (input != null && input.truncated()),
                itsChildren,
                itsFailure);
    }

    Status status() {
        if (failure != null) {
            return Status.FAILED;
        }
        if (rebound) {
            return Status.REBOUND;
        }
        return emitted == 0 ? Status.FILTERED : Status.COMPLETED;
    }
}

package dev.weft.execution.hop;

import dev.weft.execution.message.StepMessage;
import dev.weft.execution.record.Payload;
import dev.weft.execution.record.ShownMessages;
import dev.weft.execution.record.StepRecord;
import dev.weft.execution.record.StepRecord.FailureRecord;
import dev.weft.execution.record.StepRecord.Status;
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
    private final List<Failed> failures = new ArrayList<>();
    private boolean rebound;
    private boolean truncated;
    private int emitted;
    private int failing;

    /** @param children the keys of what was made of the failure */
    private record Failed(FailureRecord record, List<String> children) {}

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
        return failing++;
    }

    void fail(FailureRecord record, List<String> itsChildren) {
        failures.add(new Failed(record, itsChildren));
    }

    /**
     * The record of the work, with its first failure. A step may report several; each further one has a record of its
     * own. So have all of a step that wants its message again, since that has not ended with them.
     */
    List<StepRecord> records(long now) {
        var records = new ArrayList<StepRecord>();
        var own = rebound || failures.isEmpty() ? null : failures.getFirst();
        if (own != null) {
            children.addAll(own.children());
        }
        records.add(record(arrival.key(), status(), now, own == null ? null : own.record(), List.copyOf(children)));
        for (var n = own == null ? 0 : 1; n < failures.size(); n++) {
            var further = failures.get(n);
            records.add(record(arrival.key() + "!" + n, Status.FAILED, now, further.record(), further.children()));
        }
        return records;
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
        if (rebound) {
            return Status.REBOUND;
        }
        if (!failures.isEmpty()) {
            return Status.FAILED;
        }
        return emitted == 0 ? Status.FILTERED : Status.COMPLETED;
    }
}

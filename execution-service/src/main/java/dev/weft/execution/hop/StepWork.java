package dev.weft.execution.hop;

import dev.weft.execution.message.StepMessage;
import dev.weft.execution.record.Payload;
import dev.weft.execution.record.ShownMessages;
import dev.weft.execution.record.StepRecord;
import dev.weft.execution.record.StepRecord.FailureRecord;
import dev.weft.execution.record.StepRecord.Status;
import dev.weft.execution.routing.Arrival;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what a step's work on one message has come to, and makes its record at the end. */
final class StepWork {

    /**
     * How many messages of one work are shown. A splitter may emit more, and they all go on; the execution has room for
     * so many.
     */
    private static final int MOST_SHOWN = 10_000;

    private final Arrival arrival;
    /** Null when the flow keeps no payloads. */
    private final @Nullable ShownMessages shown;

    private final long startedAt;
    /** Of the sailor that tells of its work; null when the work is done here. */
    private final @Nullable String frame;

    private final List<Payload> outputs = new ArrayList<>();
    private final List<String> children = new ArrayList<>();
    private final List<Failed> failures = new ArrayList<>();
    private boolean rebound;
    private boolean truncated;
    private int emitted;
    private int failing;

    /** @param children the keys of the messages that this failure made */
    private record Failed(FailureRecord record, List<String> children) {}

    StepWork(Arrival arrival, @Nullable ShownMessages shown, long startedAt) {
        this(arrival, shown, startedAt, null);
    }

    private StepWork(Arrival arrival, @Nullable ShownMessages shown, long startedAt, @Nullable String frame) {
        this.arrival = arrival;
        this.shown = shown;
        this.startedAt = startedAt;
        this.frame = frame;
    }

    /**
     * What one frame tells of a sailor's work.
     *
     * @param frame its name, which no other frame has
     */
    static StepWork toldBy(String frame, Arrival arrival, @Nullable ShownMessages shown, long startedAt) {
        return new StepWork(arrival, shown, startedAt, frame);
    }

    Arrival arrival() {
        return arrival;
    }

    /** Which of the messages that are emitted this one is. */
    String emit(StepMessage message) {
        if (shown != null && outputs.size() >= MOST_SHOWN) {
            truncated = true;
        } else if (shown != null) {
            var output = shown.of(message);
            outputs.add(output.payload());
            truncated |= output.truncated();
        }
        return name(emitted++);
    }

    private String name(int ordinal) {
        // The frames of a sailor may be repeated in another order after a crash, so each counts below its own name.
        return frame == null ? String.valueOf(ordinal) : frame + ordinal;
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

    /** Which failure of this work it is. */
    String fail() {
        return name(failing++);
    }

    void fail(FailureRecord record, List<String> itsChildren) {
        failures.add(new Failed(record, itsChildren));
    }

    /**
     * The record of the work, with its first failure. A step may report several; each further one has a record of its
     * own. So have all of a step that wants its message again, since that has not ended with them.
     */
    List<StepRecord> records(long now) {
        return frame == null ? whole(now) : told(frame, now);
    }

    /** That the message has been given to a sailor. */
    StepRecord given() {
        return record(arrival.key(), Status.RUNNING, startedAt, null, List.of());
    }

    /** That the message came to its step, which did not begin with it. */
    StepRecord leftUndone(long now) {
        return record(arrival.key(), Status.FAILED, now, null, List.of());
    }

    private List<StepRecord> told(String name, long now) {
        // A frame that only logs or stores a snapshot ends no work: the sailor's step stays running.
        if (emitted == 0 && failures.isEmpty() && !rebound) {
            return List.of();
        }
        var failure = failures.isEmpty() ? null : failures.getFirst();
        var all = new ArrayList<>(children);
        if (failure != null) {
            all.addAll(failure.children());
        }
        var key = StepRecord.keyOfFrame(arrival.key(), name);
        return List.of(record(key, status(), now, failure == null ? null : failure.record(), all));
    }

    private List<StepRecord> whole(long now) {
        var records = new ArrayList<StepRecord>();
        var own = rebound || failures.isEmpty() ? null : failures.getFirst();
        if (own != null) {
            children.addAll(own.children());
        }
        records.add(record(arrival.key(), status(), now, own == null ? null : own.record(), List.copyOf(children)));
        for (var n = own == null ? 0 : 1; n < failures.size(); n++) {
            var further = failures.get(n);
            records.add(record(
                    StepRecord.keyOfFailure(arrival.key(), n),
                    Status.FAILED,
                    now,
                    further.record(),
                    further.children()));
        }
        return records;
    }

    private StepRecord record(
            String key, Status status, long now, @Nullable FailureRecord itsFailure, List<String> itsChildren) {
        var envelope = arrival.envelope();
        // A frame does not contain the message that it is about; the step's record has it since the message was sent to
        // the sailor.
        var input = shown == null || frame != null ? null : shown.of(arrival.message());
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
                shown == null ? null : List.copyOf(outputs),
                truncated || (input != null && input.truncated()),
                itsChildren,
                itsFailure);
    }

    Status status() {
        // Asked before the failures: a step that wants its message again has not ended, even if it reported some.
        if (rebound) {
            return Status.REBOUND;
        }
        if (!failures.isEmpty()) {
            return Status.FAILED;
        }
        return emitted == 0 ? Status.FILTERED : Status.COMPLETED;
    }
}

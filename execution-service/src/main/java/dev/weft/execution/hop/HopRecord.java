package dev.weft.execution.hop;

import dev.weft.execution.message.MessageEnvelope;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.record.DeliveryRecord;
import dev.weft.execution.record.DeliveryRecord.AwaitedAnswer;
import dev.weft.execution.record.StepRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers the records of one delivery, which are written at its end. */
final class HopRecord {

    private final Plan plan;
    private final MessageEnvelope envelope;
    private final List<StepRecord> steps = new ArrayList<>();
    private final HopLog log;
    private final @Nullable String watcher;
    private boolean answered;

    /**
     * @param name    tells apart what several deliveries log about the same message
     * @param watcher who is told of the end of the execution that begins with the delivery; null: nobody, or it has begun
     */
    HopRecord(Plan plan, MessageEnvelope envelope, String name, @Nullable String watcher) {
        this.plan = plan;
        this.envelope = envelope;
        this.watcher = watcher;
        this.log = new HopLog(name);
    }

    void add(List<StepRecord> more) {
        steps.addAll(more);
    }

    /** The caller who waits has been sent an answer. */
    void answered() {
        answered = true;
    }

    HopLog log() {
        return log;
    }

    /** A snapshot, or what another frame tells too, leaves nothing. */
    boolean isEmpty() {
        return steps.isEmpty() && log.lines().isEmpty() && !answered;
    }

    /** Whether the execution begins with this delivery, and somebody watches it. */
    boolean isWatched() {
        return watcher != null;
    }

    /** That the delivery came, before anything is done of it. */
    DeliveryRecord begun(long now) {
        var target = envelope.target();
        var step = new StepRecord(
                envelope.effectKey(),
                target == null ? plan.entryStep().id() : target,
                envelope.messageId(),
                envelope.parentMessageId(),
                envelope.attempt(),
                StepRecord.Status.RUNNING,
                now,
                0,
                null,
                null,
                false,
                List.of(),
                null);
        return of(List.of(step), new HopLog(""));
    }

    DeliveryRecord whole() {
        return of(List.copyOf(steps), log);
    }

    /** Of another part of the delivery, which is written by itself. */
    DeliveryRecord of(List<StepRecord> itsSteps, HopLog itsLog) {
        var flow = plan.flow();
        return new DeliveryRecord(
                envelope.execution(),
                flow.id(),
                plan.versionId(),
                plan.runId(),
                flow.workspaceId(),
                flow.tenantId(),
                flow.userId(),
                envelope.trigger(),
                envelope.startedAt(),
                itsSteps,
                itsLog.lines(),
                awaited(),
                watcher);
    }

    private @Nullable AwaitedAnswer awaited() {
        var replyTo = envelope.replyTo();
        return replyTo == null
                ? null
                // A sailor answers over a queue of its own, so its answer may arrive after the fact of the execution's
                // end; the gateway then waits a little for it.
                : new AwaitedAnswer(replyTo, answered, !plan.sailors().isEmpty());
    }
}

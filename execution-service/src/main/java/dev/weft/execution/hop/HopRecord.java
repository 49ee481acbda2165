package dev.weft.execution.hop;

import dev.weft.execution.message.MessageEnvelope;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.record.DeliveryRecord;
import dev.weft.execution.record.StepRecord;
import java.util.ArrayList;
import java.util.List;

/** What one delivery has come to, gathered to be written at its end. */
final class HopRecord {

    private final Plan plan;
    private final MessageEnvelope envelope;
    private final List<StepRecord> steps = new ArrayList<>();
    private final HopLog log;

    /** @param name tells apart what several deliveries log about the same message */
    HopRecord(Plan plan, MessageEnvelope envelope, String name) {
        this.plan = plan;
        this.envelope = envelope;
        this.log = new HopLog(name);
    }

    void add(List<StepRecord> more) {
        steps.addAll(more);
    }

    HopLog log() {
        return log;
    }

    /** A snapshot, or what another frame tells too, leaves nothing. */
    boolean isEmpty() {
        return steps.isEmpty() && log.lines().isEmpty();
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
                itsLog.lines());
    }
}

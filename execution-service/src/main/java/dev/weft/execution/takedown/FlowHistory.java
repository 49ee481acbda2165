package dev.weft.execution.takedown;

import dev.weft.common.flowmessage.EffectKey;
import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.flowmessage.MessageCipher;
import dev.weft.common.id.Ids;
import dev.weft.execution.execution.Execution;
import dev.weft.execution.execution.MongoExecutionStore;
import dev.weft.execution.flow.FlowRemains;
import dev.weft.execution.message.MessageEnvelope;
import dev.weft.execution.plan.FlowDefinition;
import dev.weft.execution.record.DeliveryRecord;
import dev.weft.execution.record.Recorder;
import dev.weft.execution.record.StepRecord;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Service;

/** Applies a flow's life to its executions: a stop cancels them, a deletion removes them. */
@Service
public class FlowHistory {

    private static final Logger log = LoggerFactory.getLogger(FlowHistory.class);
    /** Shorter than the lease of a flow that is being started. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int AT_ONCE = 500;

    private final MongoExecutionStore store;
    private final List<FlowRemains> remains;
    private final Recorder recorder;
    private final MessageCipher cipher;
    private final Clock clock;

    FlowHistory(
            MongoExecutionStore store,
            List<FlowRemains> remains,
            Recorder recorder,
            MessageCipher cipher,
            Clock clock) {
        this.store = store;
        this.remains = remains;
        this.recorder = recorder;
        this.cipher = cipher;
        this.clock = clock;
    }

    /** A stop dropped what was queued: running executions are canceled. */
    public void cancelRunning(String flowId) {
        cancel(() -> store.runningOf(flowId), Execution::cancel);
    }

    /** The same of one run; what goes on in another one, as after a retry, stays. */
    public void cancelRunning(String flowId, String runId) {
        cancel(() -> store.runningOf(flowId, runId), (execution, now) -> execution.cancel(now, runId));
    }

    /**
     * Kick-offs that a stop drops before any step began with them, each as a record without a step: executions that are
     * canceled, for who watches them. Those that had begun have one already, which the stop cancels.
     */
    void cancelUnbegun(List<DeliveryRecord> kickOffs) {
        var now = clock.millis();
        for (var from = 0; from < kickOffs.size(); from += AT_ONCE) {
            store.insert(kickOffs.subList(from, Math.min(from + AT_ONCE, kickOffs.size())).stream()
                    .map(kickOff -> {
                        var execution = Execution.begin(kickOff);
                        execution.apply(kickOff);
                        execution.cancel(now);
                        return execution;
                    })
                    .toList());
        }
    }

    private void cancel(Supplier<List<String>> some, ObjLongConsumer<Execution> end) {
        for (var running = some.get(); !running.isEmpty(); running = some.get()) {
            var loaded = store.load(running).values();
            var now = clock.millis();
            loaded.forEach(execution -> end.accept(execution, now));
            // Executions that another writer has changed meanwhile are found again by the next look.
            store.save(loaded);
        }
    }

    public boolean isRunning(String flowId, String runId) {
        return store.isRunning(flowId, runId);
    }

    /** Executions, logs, snapshots and whatever else is kept of it. */
    public void delete(String flowId) {
        // Of the others nobody hears, and they go in one query.
        cancel(() -> store.awaitedOf(flowId), Execution::cancel);
        remains.forEach(kept -> kept.deleteFlow(flowId));
    }

    /** A start that came to nothing leaves an error record and a log line of the first step. */
    public void startFailed(FlowDefinition definition, String runId, String reason) {
        var flow = definition.flow();
        var node = definition.version().graph().nodes().getFirst();
        var key = EffectKey.kickOff(flow.id(), "start:" + runId);
        var execution = key.substring(0, 32);
        var now = clock.millis();
        var frame = cipher.encrypt("{\"body\":{}}".getBytes(StandardCharsets.UTF_8));
        var failure = new StepRecord.FailureRecord(
                Ids.sha256(key + ":1").substring(0, 32),
                "StartFailed",
                reason,
                "",
                now,
                frame,
                new MessageEnvelope(
                                execution, null, execution, null, node.id(), key, 0, 0, null, "manual", now, 2,
                                Map.of())
                        .headers(Map.of(FlowHeaders.TASK_ID, flow.id(), FlowHeaders.EXEC_ID, runId)));
        var step = new StepRecord(
                key,
                node.id(),
                execution,
                null,
                1,
                StepRecord.Status.FAILED,
                now,
                0,
                null,
                null,
                false,
                List.of(),
                failure);
        var line = new DeliveryRecord.LogLine(
                java.util
                        .UUID
                        .nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8))
                        .toString(),
                node.id(),
                node.componentId(),
                node.command(),
                node.command(),
                50,
                reason,
                now);
        var written = recorder.record(new DeliveryRecord(
                execution,
                flow.id(),
                definition.version().id(),
                runId,
                flow.workspaceId(),
                flow.tenantId(),
                flow.userId(),
                "manual",
                now,
                List.of(step),
                List.of(line)));
        try {
            written.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DataAccessResourceFailureException("Interrupted while a failed start was written down.", e);
        } catch (TimeoutException e) {
            throw new DataAccessResourceFailureException("The store has not taken the record of a failed start.", e);
        } catch (ExecutionException e) {
            log.error("The failed start of flow {} can not be shown", flow.id(), e.getCause());
        }
    }
}

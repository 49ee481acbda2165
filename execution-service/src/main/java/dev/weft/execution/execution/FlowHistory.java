package dev.weft.execution.execution;

import dev.weft.common.flowmessage.EffectKey;
import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.flowmessage.MessageCipher;
import dev.weft.common.id.Ids;
import dev.weft.execution.plan.FlowDefinition;
import dev.weft.execution.record.DeliveryRecord;
import dev.weft.execution.record.Recorder;
import dev.weft.execution.record.StepRecord;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;

/** What a flow's life means for its executions: a stop cancels them, a deletion removes them. */
@Service
public class FlowHistory {

    private final MongoExecutionStore store;
    private final MongoErrorInputs inputs;
    private final Recorder recorder;
    private final MessageCipher cipher;
    private final Clock clock;

    FlowHistory(
            MongoExecutionStore store, MongoErrorInputs inputs, Recorder recorder, MessageCipher cipher, Clock clock) {
        this.store = store;
        this.inputs = inputs;
        this.recorder = recorder;
        this.cipher = cipher;
        this.clock = clock;
    }

    /** A stop dropped what was queued: running executions are canceled. */
    public void cancelRunning(String flowId) {
        for (var running = store.runningOf(flowId, null); !running.isEmpty(); running = store.runningOf(flowId, null)) {
            var loaded = store.load(running).values();
            loaded.forEach(Execution::cancel);
            store.save(loaded);
        }
    }

    /** How many messages of the flow wait for another attempt, by step; counted over the running executions. */
    public Map<String, Long> rebounds(String flowId) {
        var waiting = new HashMap<String, Long>();
        for (var execution : store.load(store.runningOf(flowId, null)).values()) {
            execution.waitingRebounds().forEach(step -> waiting.merge(step, 1L, Long::sum));
        }
        return waiting;
    }

    public boolean isRunning(String flowId, String runId) {
        return !store.runningOf(flowId, runId).isEmpty();
    }

    public void delete(String flowId) {
        store.deleteFlow(flowId);
        inputs.deleteFlow(flowId);
    }

    /** A start that came to nothing leaves an error record and a log line of the first step. */
    public void startFailed(FlowDefinition definition, String runId, String reason) {
        var flow = definition.flow();
        var node = definition.version().graph().nodes().getFirst();
        var key = EffectKey.kickOff(flow.id(), "start:" + runId);
        var now = clock.millis();
        var frame = cipher.encrypt("{\"body\":{}}".getBytes(StandardCharsets.UTF_8));
        var failure = new StepRecord.FailureRecord(
                Ids.sha256(key + ":1").substring(0, 32),
                "StartFailed",
                reason,
                "",
                now,
                frame,
                Map.of(FlowHeaders.PROTOCOL_VERSION, 2));
        var step = new StepRecord(
                key,
                node.id(),
                key.substring(0, 32),
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
        recorder.record(new DeliveryRecord(
                        key.substring(0, 32),
                        flow.id(),
                        definition.version().id(),
                        runId,
                        flow.workspaceId(),
                        flow.tenantId(),
                        flow.userId(),
                        "manual",
                        now,
                        List.of(step),
                        List.of(line)))
                .join();
    }
}

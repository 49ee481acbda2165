package dev.weft.execution.lifecycle;

import dev.weft.common.flowmessage.EffectKey;
import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.flowmessage.MessageCipher;
import dev.weft.common.id.Ids;
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
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Service;

/** What a start that came to nothing leaves: an error record and a log line of the first step. */
@Service
class FailedStarts {

    private static final Logger log = LoggerFactory.getLogger(FailedStarts.class);
    /** Shorter than the lease of a flow that is being started. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Recorder recorder;
    private final MessageCipher cipher;
    private final Clock clock;

    FailedStarts(Recorder recorder, MessageCipher cipher, Clock clock) {
        this.recorder = recorder;
        this.cipher = cipher;
        this.clock = clock;
    }

    /** The same each time that it is written. */
    void record(FlowDefinition definition, String runId, String reason) {
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
                UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString(),
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

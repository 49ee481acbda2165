package dev.weft.execution.queue;

import dev.weft.common.flowmessage.EffectKey;
import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.flowmessage.KickOffHeaders;
import dev.weft.common.id.Ids;
import dev.weft.execution.message.MessageCodec;
import dev.weft.execution.message.MessageEnvelope;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.plan.Plan;
import java.time.Clock;
import java.util.Map;
import org.springframework.stereotype.Service;

/** Makes frames that begin something: a trigger's firing, a person's retry. */
@Service
public class KickOffs {

    private final MessageCodec codec;
    private final Ids ids;
    private final Clock clock;

    public KickOffs(MessageCodec codec, Ids ids, Clock clock) {
        this.codec = codec;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * The firing of a flow's trigger.
     *
     * @param execution the exec_id
     * @param trigger   timer, manual, ...
     * @param cause     what fired it, such as the due instant: the same cause has the same effect key
     */
    public FlowFrame fire(Plan plan, String execution, String trigger, String cause, StepMessage message) {
        var flow = plan.flow();
        var headers = new KickOffHeaders(
                ids.nextHex32(),
                execution,
                flow.id(),
                plan.runId(),
                flow.workspaceId(),
                flow.userId(),
                plan.entryStep().id(),
                trigger,
                EffectKey.kickOff(flow.id(), cause),
                clock.millis(),
                null,
                null);
        return FlowFrame.to(plan.entryQueue(), headers.written(), codec.encode(message));
    }

    /**
     * A failed message once more, on the running version, as a new effect of the same execution, marked as a retry
     * (sailor-runtime 10). What failed at an edge has that edge before it again.
     *
     * @param headers those of the failed message, as its error record keeps them
     * @param frame   its bytes, or those of an edited message, raw
     * @param key     the new effect key
     */
    public FlowFrame again(Plan plan, String stepId, Map<String, Object> headers, byte[] frame, String key) {
        var failed = MessageEnvelope.read(headers, ids.nextHex32(), clock.millis());
        var envelope = new MessageEnvelope(
                ids.nextHex32(),
                // The failed message becomes the parent: the retry is shown behind it and is not taken for a firing.
                failed.messageId(),
                failed.execution(),
                failed.source(),
                stepId,
                key,
                0,
                0,
                failed.replyTo(),
                failed.trigger(),
                failed.startedAt(),
                2,
                failed.meta());
        var again = envelope.headers(plan.headers());
        var edge = headers.get(FlowHeaders.EDGE);
        if (edge != null) {
            again.put(FlowHeaders.EDGE, edge);
        }
        return FlowFrame.to(plan.queueOf(stepId), again, frame).republished(1);
    }
}

package dev.weft.execution.routing;

import dev.weft.common.flowmessage.EffectKey;
import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.id.Ids;
import dev.weft.execution.failure.Failure;
import dev.weft.execution.failure.HandlerMessage;
import dev.weft.execution.message.MessageCodec;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.record.StepRecord.FailureRecord;
import java.util.Optional;

/** Makes of a failure its error record, and the message to the flow's error handler. */
public final class Faults {

    private final MessageCodec codec;
    private final Ids ids;
    private final Plan plan;

    public Faults(MessageCodec codec, Ids ids, Plan plan) {
        this.codec = codec;
        this.ids = ids;
        this.plan = plan;
    }

    /** @param which of the failures of this work */
    public FailureRecord record(Arrival arrival, Failure failure, String which, long now) {
        byte[] frame;
        try {
            frame = failure.hasInput() ? codec.encode(arrival.message()) : new byte[0];
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // An input that can not be written can not be kept: the error record stays, without a retry.
            frame = new byte[0];
        }
        var headers = arrival.envelope().headers(plan.headers());
        // The kept bytes are written in protocol 2, whatever protocol the message came in.
        headers.put(FlowHeaders.PROTOCOL_VERSION, 2);
        if (arrival.edge() != null) {
            headers.put(FlowHeaders.EDGE, arrival.edge());
        }
        return new FailureRecord(
                // The id is made of what has failed, so that a redelivery writes the same error and not a second one.
                Ids.sha256(arrival.key() + "!" + which).substring(0, 32),
                failure.name(),
                failure.message(),
                failure.stack(),
                failure.isQuoting(),
                now,
                frame,
                headers);
    }

    /** One message to the error handler for each error record of the steps that are not behind it (api-v2 9.2). */
    public Optional<Arrival> forHandler(Arrival arrival, Failure failure, String which) {
        if (arrival.step().behindHandler()) {
            return Optional.empty();
        }
        return plan.errorHandler().map(handler -> {
            var from = arrival.envelope();
            var step = arrival.step().id();
            // The arrival's key includes the attempt, which the effect key does not: each attempt may fail, and the
            // handler hears of each.
            var key = EffectKey.next(arrival.key(), handler.id(), "error", which);
            return new Arrival(
                    handler,
                    HandlerMessage.of(failure, arrival.message(), step, from.execution()),
                    from.next(ids.nextHex32(), step, handler.id(), key));
        });
    }
}

package dev.weft.execution.failure;

import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.flowmessage.FlowNames;
import dev.weft.execution.message.MessageCodec;
import dev.weft.execution.message.MessageEnvelope;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.queue.Delivery;
import dev.weft.execution.queue.FlowFrame;

/**
 * Makes the message that is sent to the dead letters in place of one that the broker has lost. So its execution ends as
 * with any error: a record, a log line, a message to the error handler and to the waiting caller.
 */
public final class LostMessage {

    private static final String MARK = "x-weft-lost";

    private LostMessage() {}

    public static FlowFrame of(Plan plan, MessageEnvelope envelope, MessageCodec codec) {
        var headers = envelope.headers(plan.headers());
        headers.put(MARK, true);
        return FlowFrame.to(FlowNames.DEAD_LETTERS, headers, codec.encode(StepMessage.of(null)));
    }

    /** A component can not say so: what it publishes comes over an exchange. */
    public static boolean is(Delivery delivery) {
        return delivery.headers().containsKey(MARK) && !delivery.isRouted();
    }

    public static String execution(Delivery delivery) {
        return String.valueOf(delivery.headers().get(FlowHeaders.THREAD_ID));
    }

    public static String key(Delivery delivery) {
        return String.valueOf(delivery.headers().get(FlowHeaders.EFFECT));
    }
}

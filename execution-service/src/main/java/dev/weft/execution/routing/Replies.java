package dev.weft.execution.routing;

import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.flowmessage.FlowNames;
import dev.weft.common.flowmessage.OriginHeaders;
import dev.weft.execution.failure.Failure;
import dev.weft.execution.message.MessageCodec;
import dev.weft.execution.queue.FlowFrame;
import dev.weft.execution.step.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Makes the frames of answers to the caller who waits at a gateway (sailor-runtime 14), addressed to that gateway's
 * queue. Gateways take the first answer and ignore others.
 */
@Service
public class Replies {

    private final MessageCodec codec;
    private final ReplyProperties properties;

    public Replies(MessageCodec codec, ReplyProperties properties) {
        this.codec = codec;
        this.properties = properties;
    }

    /** What the flow's log says of headers that the door will not send on. */
    public Optional<String> withheld(Outcome.Reply reply) {
        var names = reply.headers().keySet().stream()
                .filter(OriginHeaders::contains)
                .toList();
        return names.isEmpty() || !properties.webhookHost().isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(", ", names)
                        + " of the reply was not sent: webhooks share their origin with log-in and console.");
    }

    /** {@code {"statusCode","headers","body"}}, raw. */
    public FlowFrame answer(String replyTo, String execution, Outcome.Reply reply) {
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("statusCode", reply.status());
        body.put("headers", reply.headers());
        body.put("body", reply.body());
        Map<String, Object> headers = Map.of(FlowHeaders.THREAD_ID, execution, FlowHeaders.PROTOCOL_VERSION, 2);
        return FlowFrame.passing(FlowNames.repliesOf(replyTo), headers, codec.encrypt(body));
    }

    /** {@code {"name","message","stack"}}, in base64 as sailors send it. */
    public FlowFrame error(String replyTo, String execution, Failure failure) {
        Map<String, Object> headers = Map.of(
                FlowHeaders.THREAD_ID, execution, FlowHeaders.PROTOCOL_VERSION, 1, FlowHeaders.ERROR_RESPONSE, true);
        return FlowFrame.passing(FlowNames.repliesOf(replyTo), headers, codec.encryptText(failure.shown()));
    }
}

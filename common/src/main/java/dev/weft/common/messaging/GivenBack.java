package dev.weft.common.messaging;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * How often the broker has had to take a message back from its consumers. RabbitMQ 4 drops a message for good that was
 * taken back more than 20 times, unless its queue says otherwise; a queue that was declared by an older release can not
 * be told so any more. So a message is published anew before that, which begins its count anew.
 */
final class GivenBack {

    static final String HEADER = "x-delivery-count";

    /** Well below the limit: every connection that ends is one more for all messages that were taken ahead over it. */
    private static final int OFTEN = 12;

    private static final int CONFIRM_MS = 10_000;

    private GivenBack() {}

    static boolean isOften(@Nullable Map<String, ? extends @Nullable Object> headers) {
        return headers != null && headers.get(HEADER) instanceof Number times && times.intValue() >= OFTEN;
    }

    /**
     * For each message that was read and stays in its queue, to which the end of the connection will give it back: one that
     * was given back often is put at the end instead.
     */
    static void stays(Channel channel, String queue, GetResponse found)
            throws IOException, InterruptedException, TimeoutException {
        var headers = found.getProps().getHeaders();
        if (!isOften(headers)) {
            return;
        }
        var anew = new HashMap<>(headers);
        // The broker writes it with the first return only, so that the old one would be read until then.
        anew.remove(HEADER);
        channel.basicPublish("", queue, found.getProps().builder().headers(anew).build(), found.getBody());
        if (channel.waitForConfirms(CONFIRM_MS)) {
            channel.basicAck(found.getEnvelope().getDeliveryTag(), false);
        }
    }
}

package dev.weft.common.broker;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.MessageProperties;
import dev.weft.common.id.Ids;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The n-th message has the body n and is delivered under the tag n. */
class TagSettlingIT implements SettlingSpec {

    private final String queue = "test." + new Ids().nextHex32();
    private final Queue<Long> again = new ConcurrentLinkedQueue<>();
    private Connection connection;
    private Channel channel;
    private Channel other;
    private TagSettling settling;

    @BeforeEach
    void connect() throws Exception {
        connection = new BrokerConnections(Objects.requireNonNull(
                        System.getenv("WEFT_RABBITMQ_URI"), "WEFT_RABBITMQ_URI must name a broker"))
                .open("settling-test");
        channel = connection.createChannel();
        other = connection.createChannel();
        settling = new TagSettling(channel);
    }

    @AfterEach
    void disconnect() throws Exception {
        other.queueDelete(queue);
        connection.abort(500);
    }

    private static long numberOf(byte[] body) {
        return Long.parseLong(new String(body, StandardCharsets.UTF_8));
    }

    @Override
    public Settling given(int deliveries) throws Exception {
        // A quorum queue may still hold acknowledgements back when their channel closes, and then delivers again.
        other.queueDeclare(queue, true, false, false, Map.of("x-queue-type", "classic"));
        other.confirmSelect();
        for (var n = 1; n <= deliveries; n++) {
            var body = Integer.toString(n).getBytes(StandardCharsets.UTF_8);
            other.basicPublish("", queue, MessageProperties.PERSISTENT_BASIC, body);
        }
        other.waitForConfirmsOrDie(30_000);
        var come = new CountDownLatch(deliveries);
        channel.basicConsume(queue, false, new DefaultConsumer(channel) {
            @Override
            public void handleDelivery(String tag, Envelope envelope, BasicProperties properties, byte[] body) {
                if (envelope.isRedeliver()) {
                    again.add(numberOf(body));
                }
                come.countDown();
            }
        });
        if (!come.await(30, TimeUnit.SECONDS)) {
            throw new AssertionError("Not all was delivered.");
        }
        return settling;
    }

    @Override
    public List<Long> requeued() {
        return List.copyOf(again);
    }

    @Override
    public void loseChannel() throws Exception {
        settling.flush();
        channel.close();
    }

    @Override
    public List<Long> left() throws Exception {
        var left = new ArrayList<Long>();
        for (var got = other.basicGet(queue, true); got != null; got = other.basicGet(queue, true)) {
            left.add(numberOf(got.getBody()));
        }
        return left;
    }
}

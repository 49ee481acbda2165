package dev.weft.bench.flow;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import dev.weft.bench.measure.Arguments;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the broker alone can do: chains of durable hops over quorum queues, each hop publishing with a confirm before it
 * acknowledges, 200 chains in flight, bodies of 1 KB. {@code --uri=amqp://.. --seconds=15 --hops=1}.
 */
public final class RawBroker {

    private static final int IN_FLIGHT = 200;

    private RawBroker() {}

    public static void main(String[] arguments) throws Exception {
        var options = new Arguments(arguments);
        var hops = options.number("hops", 1);
        var seconds = options.number("seconds", 15);
        var factory = new ConnectionFactory();
        factory.setUri(options.text("uri", "amqp://localhost"));
        try (var connection = factory.newConnection()) {
            var done = new AtomicLong();
            var room = new Semaphore(IN_FLIGHT);
            for (var hop = hops; hop >= 1; hop--) {
                consume(connection.createChannel(), connection.createChannel(), hop, hops, done, room);
            }
            var door = new BrokerConfirms(connection.createChannel());
            var body = new byte[1024];
            var end = System.nanoTime() + seconds * 1_000_000_000L;
            while (System.nanoTime() < end) {
                room.acquire();
                door.publish(queue(1), body, () -> {});
            }
            System.out.printf(
                    Locale.ROOT, "raw broker, %d durable hop(s): %.0f chains/s%n", hops, done.get() / (double) seconds);
            for (var hop = 1; hop <= hops; hop++) {
                connection.createChannel().queueDelete(queue(hop));
            }
        }
    }

    private static String queue(int hop) {
        return "weft-bench.hop" + hop;
    }

    private static void consume(Channel in, Channel out, int hop, int hops, AtomicLong done, Semaphore room)
            throws IOException {
        in.queueDeclare(queue(hop), true, false, false, Map.of("x-queue-type", "quorum"));
        in.queuePurge(queue(hop));
        in.basicQos(IN_FLIGHT);
        var next = new BrokerConfirms(out);
        in.basicConsume(queue(hop), false, new DefaultConsumer(in) {
            @Override
            public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body)
                    throws IOException {
                if (hop == hops) {
                    in.basicAck(envelope.getDeliveryTag(), false);
                    done.incrementAndGet();
                    room.release();
                } else {
                    next.publish(queue(hop + 1), body, () -> in.basicAck(envelope.getDeliveryTag(), false));
                }
            }
        });
    }
}

package dev.weft.execution.queue;

import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.weft.common.broker.BrokerConnections;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Subscriptions on a connection that a test plays. */
class ConsumerLinkTest {

    private final AtomicInteger channels = new AtomicInteger();
    private final AtomicInteger consumers = new AtomicInteger();

    private final Channel channel = played(Channel.class, method -> {
        if (method.equals("basicConsume")) {
            consumers.incrementAndGet();
            return "tag";
        }
        return method.equals("isOpen") ? true : null;
    });

    private static <T> T played(Class<T> type, Function<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (_, method, _) -> answers.apply(method.getName())));
    }

    @Test
    void takesFromAQueueThoughAnErrorMetItsFirstAttempt() {
        var link = new ConsumerLink(new BrokerConnections("amqp://nobody:nothing@127.0.0.1:1"), "test");
        var connection = played(Connection.class, method -> {
            if (method.equals("createChannel") && channels.incrementAndGet() == 1) {
                throw new OutOfMemoryError("No thread can be had.");
            }
            return method.equals("createChannel") ? channel : true;
        });
        link.opened(connection, () -> {});

        link.add(new QueueSubscription("q", 1, _ -> {}, link));

        await().atMost(Duration.ofSeconds(60)).until(() -> consumers.get() == 1);
    }
}

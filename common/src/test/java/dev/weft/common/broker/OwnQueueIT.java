package dev.weft.common.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import dev.weft.common.id.Ids;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OwnQueueIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final String name = "test." + new Ids().nextHex32();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private Connection connection;

    @BeforeEach
    void connect() throws Exception {
        connection = new BrokerConnections(Objects.requireNonNull(
                        System.getenv("WEFT_RABBITMQ_URI"), "WEFT_RABBITMQ_URI must name a broker"))
                .open("own-queue-test");
        OwnQueue.declare(connection, name, ended::countDown)
                .bind("weft.events", List.of(name + ".told"))
                .consume((key, _, _) -> {
                    heard.add(key);
                    if (key.equals(name)) {
                        throw new StackOverflowError();
                    }
                });
    }

    @AfterEach
    void disconnect() {
        connection.abort(500);
    }

    @Test
    void aMessageThatCanNotBeTakenIsNotTheLast() throws Exception {
        try (var channel = connection.createChannel()) {
            channel.basicPublish("", name, null, new byte[0]);
            channel.basicPublish("weft.events", name + ".told", null, new byte[0]);
        }

        await().atMost(SOON).untilAsserted(() -> assertThat(heard).containsExactly(name, name + ".told"));
        assertThat(ended.getCount()).isOne();
    }

    @Test
    void itsEndIsToldThoughTheConnectionLives() throws Exception {
        try (var channel = connection.createChannel()) {
            channel.queueDelete(name);
        }

        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(connection.isOpen()).isTrue();
    }
}

package dev.weft.execution.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.weft.common.broker.BrokerConnections;
import dev.weft.common.broker.BrokerRelay;
import dev.weft.common.id.Ids;
import dev.weft.execution.budget.BacklogProperties;
import dev.weft.execution.budget.BacklogRoom;
import dev.weft.execution.metrics.EngineMetrics;
import dev.weft.execution.step.StepFailure;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class FlowPublisherIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final String queue = "test." + new Ids().nextHex32();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final EngineMetrics metrics = new EngineMetrics(meters);
    private BrokerRelay proxy;
    private RabbitFlowPublisher publisher;
    private Connection connection;
    private Channel channel;

    @BeforeEach
    void connect() throws Exception {
        var broker = System.getenv("WEFT_RABBITMQ_URI");
        proxy = new BrokerRelay(broker);
        var room =
                new BacklogRoom(new BacklogProperties(DataSize.ofGigabytes(1)), new Ids(), Clock.systemUTC(), metrics);
        publisher = new RabbitFlowPublisher(new BrokerConnections(proxy.uri()), room, metrics);
        publisher.start();
        var factory = new ConnectionFactory();
        factory.setUri(broker);
        connection = factory.newConnection();
        channel = connection.createChannel();
        declare(1000);
        await().atMost(SOON).until(() -> failureOf(publisher.publish(frame(queue))) == null);
        channel.queuePurge(queue);
    }

    @AfterEach
    void disconnect() throws Exception {
        publisher.stop();
        channel.queueDelete(queue);
        connection.close();
        proxy.close();
    }

    private void declare(int room) throws Exception {
        channel.queueDeclare(
                queue,
                true,
                false,
                false,
                Map.of("x-queue-type", "quorum", "x-max-length", room, "x-overflow", "reject-publish"));
    }

    private static FlowFrame frame(String queue) {
        return FlowFrame.to(queue, Map.of("messageId", "m1"), new byte[] {1});
    }

    private static Throwable failureOf(CompletableFuture<Void> future) {
        try {
            future.join();
            return null;
        } catch (CompletionException e) {
            return e.getCause();
        }
    }

    @Test
    void keepsTheOrderOfAQueue() throws Exception {
        var confirms = IntStream.range(0, 200)
                .mapToObj(n -> publisher.publish(FlowFrame.to(queue, Map.of("n", n), new byte[0])))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(confirms).join();

        for (var n = 0; n < 200; n++) {
            assertThat(channel.basicGet(queue, true).getProps().getHeaders()).containsEntry("n", n);
        }
    }

    @Test
    void tellsThatThereIsNoSuchQueue() {
        assertThat(failureOf(publisher.publish(frame("test.none")))).isInstanceOf(PublishFailure.Unroutable.class);
    }

    @Test
    void tellsThatAQueueIsFull() throws Exception {
        channel.queueDelete(queue);
        declare(3);

        await().atMost(SOON)
                .until(() -> failureOf(publisher.publish(frame(queue))) instanceof PublishFailure.QueueFull);
    }

    @Test
    void aMessageThatCanNotBeWrittenTakesNoConfirmOfAnother() throws Exception {
        channel.queueDelete(queue);
        declare(1);
        var unfit = new FlowFrame("", queue, Map.of("x", "a".repeat(200_000)), new byte[0], true);

        assertThatThrownBy(() -> publisher.publish(unfit)).isInstanceOf(IllegalArgumentException.class);

        // The first of them is safe, of the others none: each is told so of itself, and none waits.
        await().atMost(SOON)
                .until(() -> failureOf(publisher.publish(frame(queue)).orTimeout(30, TimeUnit.SECONDS)) == null);
        await().atMost(SOON)
                .until(() -> failureOf(publisher.publish(frame(queue)).orTimeout(30, TimeUnit.SECONDS))
                        instanceof PublishFailure.QueueFull);
        for (var n = 0; n < 20; n++) {
            assertThat(failureOf(publisher.publish(frame(queue)).orTimeout(30, TimeUnit.SECONDS)))
                    .isInstanceOf(PublishFailure.QueueFull.class);
        }
    }

    @Test
    void refusesHeadersThatTheBrokerWouldNotTake() {
        Map<String, Object> headers = Map.of("x", "é".repeat(60_000));

        assertThatThrownBy(() -> FlowFrame.to(queue, headers, new byte[0]))
                .isInstanceOfSatisfying(
                        StepFailure.class, failure -> assertThat(failure.name()).isEqualTo("HeadersTooLarge"));
        assertThat(failureOf(publisher.publish(FlowFrame.to(queue, Map.of("x", "é".repeat(45_000)), new byte[0]))))
                .isNull();
    }

    @Test
    void tellsThatTheBrokerIsGoneAndGoesOnWhenItIsBack() throws Exception {
        proxy.goAway();

        await().atMost(SOON)
                .until(() -> failureOf(publisher.publish(frame(queue))) instanceof PublishFailure.BrokerGone);
        proxy.comeBack();
        await().atMost(SOON).until(() -> failureOf(publisher.publish(frame(queue))) == null);
        assertThat(published("lost")).isPositive();
    }

    @Test
    void countsWhatTheBrokerSays() throws Exception {
        var before = published("confirmed");
        publisher.publish(frame(queue)).join();
        failureOf(publisher.publish(frame("test.none")));

        assertThat(published("confirmed") - before).isEqualTo(1);
        assertThat(published("returned")).isEqualTo(1);
        assertThat(meters.get("weft.messages.unconfirmed").gauge().value()).isZero();
    }

    private long published(String answer) {
        return meters.get("weft.messages.published")
                .tag("answer", answer)
                .timer()
                .count();
    }
}

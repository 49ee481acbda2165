package dev.weft.common.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import dev.weft.common.broker.ConfirmChannel.Answer;
import dev.weft.common.id.Ids;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConfirmChannelIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int UNDER_WAY = 3;

    private final String queue = "test." + new Ids().nextHex32();
    private final CountDownLatch ended = new CountDownLatch(1);
    private BrokerRelay relay;
    private Connection own;
    private Channel broker;
    private Connection connection;
    private ConfirmChannel channel;

    @BeforeEach
    void connect() throws Exception {
        var uri = Objects.requireNonNull(System.getenv("WEFT_RABBITMQ_URI"), "WEFT_RABBITMQ_URI must name a broker");
        relay = new BrokerRelay(uri);
        own = new BrokerConnections(uri).open("confirm-test");
        broker = own.createChannel();
        connection = new BrokerConnections(relay.uri()).open("confirm-test-relayed");
        channel = ConfirmChannel.open(connection, UNDER_WAY, Duration.ofMillis(20), ended::countDown);
    }

    @AfterEach
    void disconnect() throws Exception {
        connection.abort(500);
        broker.queueDelete(queue);
        own.close();
        relay.close();
    }

    private void declare(int room) throws Exception {
        broker.queueDeclare(
                queue,
                true,
                false,
                false,
                Map.of("x-queue-type", "quorum", "x-max-length", room, "x-overflow", "reject-publish"));
    }

    private static BasicProperties.Builder properties() {
        return MessageProperties.PERSISTENT_BASIC.builder();
    }

    private CompletableFuture<Answer> publish(String to) {
        var answer = new CompletableFuture<Answer>();
        channel.publish("", to, properties(), new byte[] {1}, (said, _) -> answer.complete(said));
        return answer;
    }

    private Answer answer(String to) throws Exception {
        return publish(to).get(30, TimeUnit.SECONDS);
    }

    @Test
    void whatIsSafeIsConfirmed() throws Exception {
        declare(100);

        for (var n = 0; n < 4 * UNDER_WAY; n++) {
            assertThat(answer(queue)).isEqualTo(Answer.CONFIRMED);
        }
        assertThat(channel.unconfirmed()).isZero();
    }

    @Test
    void whatNoQueueTakesIsReturned() throws Exception {
        assertThat(answer("test.none")).isEqualTo(Answer.RETURNED);
    }

    @Test
    void whatAQueueDoesNotTakeIsRefused() throws Exception {
        declare(1);

        await().atMost(SOON).until(() -> answer(queue) == Answer.REFUSED);
        assertThat(channel.unconfirmed()).isZero();
    }

    @Test
    void whatIsGivenUpIsLateAndLeavesItsRoom() throws Exception {
        declare(100);
        relay.fallSilent();
        var waiting = publish(queue);

        channel.giveUp(Duration.ofHours(1));
        assertThat(waiting).isNotDone();
        channel.giveUp(Duration.ZERO);

        assertThat(waiting).isCompletedWithValue(Answer.LATE);
        relay.speak();
        for (var n = 0; n < 2 * UNDER_WAY; n++) {
            assertThat(answer(queue)).isEqualTo(Answer.CONFIRMED);
        }
    }

    @Test
    void moreThanItsRoomIsNotPublished() throws Exception {
        declare(100);
        relay.fallSilent();
        for (var n = 0; n < UNDER_WAY; n++) {
            assertThat(publish(queue)).isNotDone();
        }

        assertThat(publish(queue)).isCompletedWithValue(Answer.CROWDED);

        relay.speak();
        await().atMost(SOON).until(() -> answer(queue) == Answer.CONFIRMED);
    }

    @Test
    void whatALostConnectionLeavesOpenIsLost() throws Exception {
        declare(100);
        relay.fallSilent();
        var waiting = publish(queue);

        relay.goAway();

        assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo(Answer.LOST);
        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(publish(queue)).isCompletedWithValue(Answer.LOST);
        assertThat(channel.unconfirmed()).isZero();
    }

    @Test
    void aPublishThatTheBrokerRefusesEndsTheChannel() throws Exception {
        var answer = new CompletableFuture<Answer>();

        channel.publish("test.no-exchange", "", properties(), new byte[0], (said, _) -> answer.complete(said));

        assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(Answer.LOST);
        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void whatCanNotBeWrittenEndsTheChannelSinceItsCountIsWrong() throws Exception {
        declare(100);
        var unfit = properties().headers(Map.of("x", "a".repeat(200_000)));

        assertThatThrownBy(() -> channel.publish("", queue, unfit, new byte[0], (_, _) -> {}))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(ended.getCount()).isZero();
        for (var n = 0; n < 2 * UNDER_WAY; n++) {
            assertThat(publish(queue)).isCompletedWithValue(Answer.LOST);
        }
    }

    @Test
    void aFaultOfOneListenerConcernsNoOther() throws Exception {
        declare(100);
        channel.publish("", queue, properties(), new byte[0], (_, _) -> {
            throw new StackOverflowError();
        });

        assertThat(answer(queue)).isEqualTo(Answer.CONFIRMED);
        assertThat(ended.getCount()).isOne();
    }
}

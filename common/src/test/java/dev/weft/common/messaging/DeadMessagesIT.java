package dev.weft.common.messaging;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import dev.weft.common.broker.AlarmLane;
import dev.weft.common.broker.BrokerConnections;
import dev.weft.common.broker.BrokerPulse;
import dev.weft.common.broker.BrokerRelay;
import dev.weft.common.event.CommandReference;
import dev.weft.common.event.EventHandler;
import dev.weft.common.event.Fact;
import dev.weft.common.event.Outgoing;
import dev.weft.common.flowmessage.FlowMessageRoute;
import dev.weft.common.id.Ids;
import dev.weft.common.outbox.Outbox;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of a fact or command whose handler fails, against a real broker. */
class DeadMessagesIT {

    private static final Duration SOON = ofSeconds(60);
    private static final RetryWaits SHORT = new RetryWaits(List.of(ofSeconds(1)), 3);

    private static CachingConnectionFactory broker;
    private static RabbitAdmin admin;
    private static RabbitTemplate rabbit;

    private final String service = "test-" + new Ids().nextHex32().substring(0, 8);
    private final String queue = MessagingNames.eventQueue(service);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final DeadMessages dead =
            new DeadMessages(new BrokerConnections(uri()), new JsonMapper(), Clock.systemUTC(), meters, this::route);
    private final ConcurrentLinkedQueue<String> handled = new ConcurrentLinkedQueue<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private volatile boolean broken;
    private final List<ServiceSubscription> subscriptions = new ArrayList<>();
    private Connection connection;
    private Channel channel;

    private static String uri() {
        return Objects.requireNonNull(
                System.getenv("WEFT_RABBITMQ_URI"), "WEFT_RABBITMQ_URI must name a broker; ./weft test starts one");
    }

    @BeforeAll
    static void connect() {
        broker = new CachingConnectionFactory();
        broker.setAddresses(uri().replaceFirst("^amqp://[^@]*@", ""));
        var user = uri().replaceFirst("^amqp://", "").replaceFirst("@.*", "").split(":", 2);
        broker.setUsername(user[0]);
        broker.setPassword(user[1]);
        broker.setPublisherConfirmType(CachingConnectionFactory.ConfirmType.CORRELATED);
        broker.setPublisherReturns(true);
        admin = new RabbitAdmin(broker);
        rabbit = new RabbitTemplate(broker);
        rabbit.setMandatory(true);
        rabbit.setReturnsCallback(_ -> {});
    }

    @AfterAll
    static void disconnect() {
        broker.destroy();
    }

    @BeforeEach
    void open() throws Exception {
        connection = new BrokerConnections(uri()).open("dead-messages-test");
        channel = connection.createChannel();
        channel.queueDeclare(MessagingNames.DEAD, true, false, false, Map.of("x-queue-type", "quorum"));
        channel.queuePurge(MessagingNames.DEAD);
    }

    @AfterEach
    void close() throws Exception {
        subscriptions.forEach(ServiceSubscription::stop);
        subscriptions.forEach(subscription -> {
            var _ = broker.removeConnectionListener(subscription);
        });
        channel.queuePurge(MessagingNames.DEAD);
        channel.queueDelete(queue);
        connection.close();
    }

    private void subscribe(EventHandler handler) {
        subscribe(publisher(), MessagingNames.EVENTS, Fact.RUN_CHANGED.wire(), handler);
    }

    private void subscribe(ConfirmedPublisher publisher, String exchange, String key, EventHandler handler) {
        var subscription = new ServiceSubscription(
                broker,
                admin,
                publisher,
                new JsonMapper(),
                Clock.systemUTC(),
                SHORT,
                queue,
                exchange,
                List.of(key),
                handler);
        subscriptions.add(subscription);
        // A connection that is there already tells no listener of it.
        subscription.onCreate(null);
        subscription.start();
    }

    private void subscribe() {
        subscribe(event -> {
            attempts.incrementAndGet();
            if (broken) {
                throw new IllegalStateException("the other party is away");
            }
            handled.add(event.subjectId());
        });
    }

    private void tell(String subject) {
        publisher().publish(fact(subject, Map.of()));
    }

    private static Outgoing fact(String subject, Map<String, Object> payload) {
        return new Outbox(new Ids(), Clock.systemUTC(), new JsonMapper())
                .event(Fact.RUN_CHANGED, 1, new Outbox.Place("t", null, null), subject, null, payload);
    }

    private static ConfirmedPublisher publisher() {
        return publisher(rabbit, new BrokerPulse(new BrokerConnections(uri())));
    }

    private static ConfirmedPublisher publisher(RabbitTemplate rabbit, BrokerPulse pulse) {
        return new ConfirmedPublisher(rabbit, pulse, new AlarmLane(new BrokerConnections(uri())));
    }

    /** Into the queue that is there before its consumer is. */
    private void lay(Outgoing message) throws Exception {
        channel.queueDeclare(queue, true, false, false, Map.of("x-queue-type", "quorum"));
        lay(queue, message.id(), Map.of(), message.body().getBytes(StandardCharsets.UTF_8));
    }

    private void lay(String into, String id, Map<String, Object> headers, byte[] body) throws Exception {
        channel.basicPublish(
                "",
                into,
                new AMQP.BasicProperties.Builder()
                        .deliveryMode(2)
                        .messageId(id)
                        .headers(headers)
                        .build(),
                body);
    }

    private GetResponse take(String from) {
        var found = new AtomicReference<GetResponse>();
        await().atMost(SOON).until(() -> {
            found.set(channel.basicGet(from, false));
            return found.get() != null;
        });
        return found.get();
    }

    /** So often the broker has taken it back by then. */
    private int giveBack(String to) throws Exception {
        var found = take(to);
        channel.basicNack(found.getEnvelope().getDeliveryTag(), false, true);
        var headers = found.getProps().getHeaders();
        return headers != null && headers.get("x-delivery-count") instanceof Number times ? times.intValue() : 0;
    }

    private long lying() throws Exception {
        return channel.messageCount(MessagingNames.DEAD);
    }

    private void awaitLying(long count) {
        await().atMost(SOON).until(() -> lying() == count);
    }

    @Test
    void aQueueThatIsDeletedIsDeclaredAgain() throws Exception {
        subscribe(event -> handled.add(event.subjectId()));
        await().atMost(SOON).until(() -> channel.consumerCount(queue) > 0);

        channel.queueDelete(queue);

        await().atMost(SOON).until(() -> {
            tell("after");
            return handled.contains("after");
        });
    }

    @Test
    void aMessageHasItsAttemptsThoughItsWaitingQueueWasDeleted() throws Exception {
        broken = true;
        subscribe();

        channel.queueDelete(MessagingNames.waiting(ofSeconds(1)));
        tell("a");

        awaitLying(1);
        assertThat(attempts).as("and one whose wait could not be had").hasValue(4);
    }

    @Test
    void aMessageWhoseHandlerFailsComesAgainAfterItsWait() {
        var times = new CopyOnWriteArrayList<Long>();
        subscribe(event -> {
            times.add(System.nanoTime());
            if (times.size() == 1) {
                throw new IllegalStateException("the other party is away");
            }
            handled.add(event.subjectId());
        });

        tell("a");

        await().atMost(SOON).until(() -> handled.contains("a"));
        assertThat(times).hasSize(2);
        assertThat(Duration.ofNanos(times.get(1) - times.get(0))).isGreaterThan(Duration.ofMillis(900));
    }

    @Test
    void whatCameWhileTheBrokerTookNoMessagesIsHandledLaidAsideAndReadAsAll() throws Exception {
        broken = true;
        subscribe();
        var event = fact("a", Map.of());
        var lane = new AlarmLane(new BrokerConnections(uri()));
        var body = event.body().getBytes(StandardCharsets.UTF_8);

        assertThat(lane.publish(event.exchange(), event.key(), event.id(), body, Map.of()))
                .isTrue();

        awaitLying(1);
        assertThat(attempts).hasValue(3);
        assertThat(dead.find(event.id()).orElseThrow().body()).isEqualTo(event.body());
        broken = false;
        // As it was sent: by a header.
        assertThat(lane.publish("", queue, event.id(), body, Map.of())).isTrue();
        await().atMost(SOON).until(() -> handled.contains("a"));
        assertThat(lane.publish("", "no such queue", event.id(), body, Map.of()))
                .isFalse();
    }

    @Test
    void anErrorOfAHandlerEndsNoConsumer() {
        subscribe(event -> {
            if (attempts.incrementAndGet() < 3) {
                throw new StackOverflowError();
            }
            handled.add(event.subjectId());
        });
        tell("deep");

        await().atMost(SOON).until(() -> handled.contains("deep"));
        assertThat(attempts).hasValue(3);
    }

    @Test
    void whatNoAttemptHandledIsCountedReadAndSentAgain() throws Exception {
        broken = true;
        subscribe();
        tell("a");
        tell("b");
        awaitLying(2);
        assertThat(attempts).hasValue(6);

        dead.look();
        assertThat(meters.get("weft.dead.messages").gauge().value()).isEqualTo(2);
        assertThat(dead.summary()).containsEntry("count", 2L).containsKeys("oldest", "oldest_for");
        var list = dead.list(10);
        assertThat(list).extracting(DeadMessages.DeadMessage::subjectId).containsExactlyInAnyOrder("a", "b");
        assertThat(list).allSatisfy(message -> {
            assertThat(message.queue()).isEqualTo(queue);
            assertThat(message.reason()).contains("the other party is away");
            assertThat(message.attempts()).isEqualTo(3);
            assertThat(message.type()).isEqualTo("run.changed");
            assertThat(message.since()).isNotNull();
            assertThat(message.body()).isNull();
        });
        assertThat(dead.find(list.getFirst().id()).orElseThrow().body()).contains("run.changed");
        awaitLying(2);

        broken = false;
        assertThat(dead.redrive(list.getFirst().id())).isEqualTo(new DeadMessages.Redriven(1, 0, Map.of()));
        await().atMost(SOON).until(() -> handled.size() == 1);
        assertThat(handled).containsExactly(list.getFirst().subjectId());
        awaitLying(1);
        assertThat(dead.redrive(null)).isEqualTo(new DeadMessages.Redriven(1, 0, Map.of()));
        await().atMost(SOON).until(() -> handled.size() == 2);
        awaitLying(0);
        dead.look();
        assertThat(dead.summary()).isEqualTo(Map.of("count", 0L));
    }

    @Test
    void aMessageThatIsSentAgainHasAllItsAttemptsAgain() {
        broken = true;
        subscribe();
        tell("a");
        awaitLying(1);

        dead.redrive(null);

        await().atMost(SOON).until(() -> attempts.get() == 6);
        awaitLying(1);
    }

    @Test
    void bytesThatAreNoEventAreLaidAsideAtOnceAsTheyAre() throws Exception {
        subscribe();
        var bytes = new byte[] {'{', (byte) 0xff, (byte) 0xfe, 0, '}'};
        for (var poison :
                List.of(bytes, "null".getBytes(StandardCharsets.UTF_8), "{}".getBytes(StandardCharsets.UTF_8))) {
            channel.basicPublish(
                    "",
                    queue,
                    new AMQP.BasicProperties.Builder().deliveryMode(2).build(),
                    poison);
        }

        awaitLying(3);

        assertThat(attempts).hasValue(0);
        assertThat(dead.list(3)).extracting(DeadMessages.DeadMessage::reason).containsOnly("It is not an event.");
        awaitLying(3);
        var bodies = new ArrayList<byte[]>();
        for (var i = 0; i < 3; i++) {
            bodies.add(channel.basicGet(MessagingNames.DEAD, true).getBody());
        }
        assertThat(bodies).anySatisfy(body -> assertThat(body).isEqualTo(bytes));
    }

    @Test
    void whatNoQueueTakesAnyMoreIsLeft() throws Exception {
        broken = true;
        subscribe();
        tell("a");
        awaitLying(1);
        subscriptions.forEach(ServiceSubscription::stop);
        channel.queueDelete(queue);

        var left = dead.redrive(null);
        assertThat(left.sent()).isZero();
        assertThat(left.reasons()).hasSize(left.left()).containsValue("No queue takes it.");
        awaitLying(1);
    }

    @Test
    void aFlowMessageGoesWhereItsFlowHasItNowOrSaysWhyNot() throws Exception {
        channel.queueDeclare(queue, true, false, false, Map.of("x-queue-type", "quorum"));
        for (var flow : List.of("running", "gone")) {
            Map<String, Object> own =
                    Map.of("taskId", flow, "messageId", "message-of-" + flow, "x-weft-target", "step");
            channel.basicPublish(
                    "",
                    MessagingNames.DEAD,
                    new AMQP.BasicProperties.Builder()
                            .deliveryMode(2)
                            .headers(DeadMessages.headers(
                                    own,
                                    "an.old.queue",
                                    "too large",
                                    Clock.systemUTC().instant()))
                            .build(),
                    new byte[] {1, 2, 3});
        }
        awaitLying(2);
        assertThat(dead.list(2)).extracting(DeadMessages.DeadMessage::id).contains("message-of-gone");
        awaitLying(2);

        assertThat(dead.redrive("message-of-gone"))
                .isEqualTo(new DeadMessages.Redriven(0, 1, Map.of("message-of-gone", "The flow is gone.")));
        awaitLying(2);
        assertThat(dead.redrive(null).sent()).isEqualTo(1);

        awaitLying(1);
        var sent = new AtomicReference<GetResponse>();
        await().atMost(SOON).until(() -> {
            sent.set(channel.basicGet(queue, true));
            return sent.get() != null;
        });
        assertThat(sent.get().getBody()).containsExactly(1, 2, 3);
        assertThat(sent.get().getProps().getHeaders())
                .containsKeys("taskId", "messageId", "x-weft-target", "renewed")
                .doesNotContainKeys("x-weft-queue", "x-weft-reason", "x-weft-dead-at", "attempt");
    }

    private FlowMessageRoute.Way route(Map<String, Object> headers) {
        if (!String.valueOf(headers.get("taskId")).equals("running")) {
            return new FlowMessageRoute.Way.Nowhere("The flow is gone.");
        }
        var renewed = new HashMap<>(headers);
        renewed.put("renewed", true);
        return new FlowMessageRoute.Way.To(queue, renewed);
    }

    @Test
    void readingOftenLosesNothing() throws Exception {
        broken = true;
        subscribe();
        tell("a");
        awaitLying(1);

        for (var i = 0; i < 25; i++) {
            assertThat(dead.list(10)).hasSize(1);
            awaitLying(1);
        }
    }

    /** As RabbitMQ 4 drops what was taken back 20 times. */
    @Test
    void whatIsReadAgainAndAgainIsNotGivenBackTooOften() throws Exception {
        var headers = DeadMessages.headers(
                "no such queue", "too large", 3, Clock.systemUTC().instant());
        List<Runnable> reads = List.of(
                // It looks closely the first time only.
                () -> new DeadMessages(
                                new BrokerConnections(uri()),
                                new JsonMapper(),
                                Clock.systemUTC(),
                                new SimpleMeterRegistry(),
                                this::route)
                        .look(),
                () -> assertThat(dead.find("it")).isPresent(),
                () -> assertThat(dead.find("another")).isEmpty(),
                () -> assertThat(dead.redrive(null).left()).isEqualTo(1),
                () -> assertThat(dead.redrive("it").left()).isEqualTo(1),
                () -> assertThat(dead.redrive("another").left()).isZero());

        for (var read : reads) {
            channel.queuePurge(MessagingNames.DEAD);
            lay(MessagingNames.DEAD, "it", headers, new byte[] {1});
            for (var n = 0; n < 22; n++) {
                awaitLying(1);
                read.run();
            }

            assertThat(giveBack(MessagingNames.DEAD))
                    .as("way of reading %d", reads.indexOf(read))
                    .isLessThan(20);
        }
    }

    @Test
    void whatWasGivenBackOftenIsKeptUntilItCanBePutSomewhere() throws Exception {
        lay(fact("a", Map.of()));
        for (var n = 0; n < 15; n++) {
            giveBack(queue);
        }
        var tries = new AtomicInteger();
        var refusing = new RabbitTemplate(broker) {
            @Override
            public void send(String exchange, String key, Message message, CorrelationData confirmation) {
                if (tries.incrementAndGet() <= 2) {
                    throw new AmqpException("not now");
                }
                super.send(exchange, key, message, confirmation);
            }
        };
        var triesBefore = new AtomicInteger();
        subscribe(
                publisher(refusing, new BrokerPulse(new BrokerConnections(uri()))),
                MessagingNames.EVENTS,
                Fact.RUN_CHANGED.wire(),
                event -> {
                    triesBefore.set(tries.get());
                    handled.add(event.subjectId());
                });

        await().atMost(SOON).until(() -> handled.contains("a"));

        assertThat(triesBefore).as("it waited first").hasValue(3);
        assertThat(handled).hasSize(1);
    }

    @Test
    void aLargeCommandThatFailsWhileTheBrokerTakesNoMessagesComesAgainAsAReference() throws Exception {
        var pulse = new BrokerPulse(new BrokerConnections(uri()));
        pulse.handleBlocked("low on memory");
        var references = new CopyOnWriteArrayList<Boolean>();
        lay(fact("a", Map.of("graph", "x".repeat(2 * AlarmLane.MOST_BYTES))));

        subscribe(publisher(rabbit, pulse), MessagingNames.COMMANDS, service, command -> {
            references.add(CommandReference.isOne(command));
            if (references.size() == 1) {
                throw new IllegalStateException("the other party is away");
            }
        });

        await().atMost(SOON).until(() -> references.size() == 2);
        assertThat(references).containsExactly(false, true);
    }

    @Test
    void aBrokerThatGoesAwayInBetweenLosesNothing() throws Exception {
        broken = true;
        subscribe();
        for (var i = 0; i < 25; i++) {
            tell("m" + i);
        }
        awaitLying(25);
        // Whoever asks for the way of this one takes the broker away, with half of the messages sent.
        var half = new AMQP.BasicProperties.Builder()
                .deliveryMode(2)
                .messageId("half")
                .headers(Map.of("taskId", "gone"))
                .build();
        channel.basicPublish("", MessagingNames.DEAD, half, new byte[] {1});
        awaitLying(26);
        for (var i = 25; i < 50; i++) {
            tell("m" + i);
        }
        awaitLying(51);
        subscriptions.forEach(ServiceSubscription::stop);
        try (var relay = new BrokerRelay(uri())) {
            var cut = new DeadMessages(
                    new BrokerConnections(relay.uri()),
                    new JsonMapper(),
                    Clock.systemUTC(),
                    new SimpleMeterRegistry(),
                    headers -> {
                        goAway(relay);
                        return new FlowMessageRoute.Way.To(queue, headers);
                    });
            assertThatThrownBy(() -> cut.redrive(null)).isInstanceOf(AmqpException.class);
        }

        // What was read comes back when the broker misses the connection.
        await().atMost(SOON).until(() -> channel.messageCount(queue) == 25 && lying() >= 26);
        broken = false;
        dead.redrive(null);
        subscribe();
        await().atMost(SOON).until(() -> handled.stream().distinct().count() == 50);
    }

    private static void goAway(BrokerRelay relay) {
        try {
            relay.goAway();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void goesOnWithWhatAnOlderReleaseLeft() throws Exception {
        // Its queue of those that wait, and what it laid aside without saying where from.
        channel.queueDeclare(
                queue + ".retry",
                true,
                false,
                false,
                Map.of(
                        "x-queue-type", "quorum",
                        "x-message-ttl", 1000,
                        "x-dead-letter-exchange", "",
                        "x-dead-letter-routing-key", queue,
                        "x-dead-letter-strategy", "at-least-once",
                        "x-overflow", "reject-publish"));
        var json = new Outbox(new Ids(), Clock.systemUTC(), new JsonMapper())
                .event(Fact.RUN_CHANGED, 1, new Outbox.Place("t", null, null), "waits", null, Map.of());
        var old = new AMQP.BasicProperties.Builder()
                .deliveryMode(2)
                .messageId(json.id())
                .headers(Map.of("attempt", 4))
                .build();
        channel.basicPublish(
                "",
                MessagingNames.DEAD,
                old,
                json.body().replace("waits", "lies").getBytes(StandardCharsets.UTF_8));

        // What was published without a confirm may still be on its way.
        awaitLying(1);
        subscribe();
        // Not before its queue is there: the broker would try again only after minutes.
        channel.basicPublish("", queue + ".retry", old, json.body().getBytes(StandardCharsets.UTF_8));
        dead.redrive(null);

        await().atMost(SOON).until(() -> handled.containsAll(List.of("waits", "lies")));
        awaitLying(0);
        channel.queueDelete(queue + ".retry");
    }
}

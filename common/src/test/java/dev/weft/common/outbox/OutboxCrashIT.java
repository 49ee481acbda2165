package dev.weft.common.outbox;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.result.UpdateResult;
import dev.weft.common.broker.AlarmLane;
import dev.weft.common.broker.BrokerConnections;
import dev.weft.common.broker.BrokerPulse;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.event.Outgoing;
import dev.weft.common.id.Ids;
import dev.weft.common.messaging.ConfirmedPublisher;
import dev.weft.common.messaging.MessagingNames;
import dev.weft.store.EmbeddedStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.UpdateDefinition;
import tools.jackson.databind.json.JsonMapper;

/** A process dies between storing a message with its document, publishing it and clearing it away. */
class OutboxCrashIT {

    private static final String THINGS = "things";
    private static final Instant SAVED = Instant.parse("2026-03-27T15:39:02Z");

    private static EmbeddedStore store;
    private static MongoClient client;
    private static CachingConnectionFactory broker;

    private final String id = "thing " + new Ids().next();
    private final ConcurrentLinkedQueue<DomainEvent> heard = new ConcurrentLinkedQueue<>();
    private com.rabbitmq.client.Connection ear;

    /** As when a process ends between two steps. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    @BeforeAll
    static void start() throws Exception {
        store = EmbeddedStore.inMemory();
        client = MongoClients.create(store.connectionString());
        broker = new CachingConnectionFactory();
        broker.setAddresses(uri().replaceFirst("^amqp://[^@]*@", ""));
        var user = uri().replaceFirst("^amqp://", "").replaceFirst("@.*", "").split(":", 2);
        broker.setUsername(user[0]);
        broker.setPassword(user[1]);
        broker.setPublisherConfirmType(CachingConnectionFactory.ConfirmType.CORRELATED);
        broker.setPublisherReturns(true);
    }

    @AfterAll
    static void stop() {
        broker.destroy();
        client.close();
        store.close();
    }

    private static String uri() {
        return Objects.requireNonNull(
                System.getenv("WEFT_RABBITMQ_URI"), "WEFT_RABBITMQ_URI must name a broker; ./weft test starts one");
    }

    @BeforeEach
    void listen() throws Exception {
        ear = new BrokerConnections(uri()).open("outbox-crash-test");
        var channel = ear.createChannel();
        channel.exchangeDeclare(MessagingNames.EVENTS, "topic", true);
        var queue = channel.queueDeclare().getQueue();
        channel.queueBind(queue, MessagingNames.EVENTS, Fact.RUN_CHANGED.wire());
        channel.queueBind(queue, MessagingNames.EVENTS, Fact.EXECUTION_ENDED.wire());
        var json = new JsonMapper();
        channel.basicConsume(
                queue,
                true,
                (_, delivery) -> {
                    var event = json.readValue(delivery.getBody(), DomainEvent.class);
                    if (event.subjectId().equals(id)) {
                        heard.add(event);
                    }
                },
                _ -> {});
    }

    @AfterEach
    void deafen() throws Exception {
        ear.close();
    }

    private static MongoTemplate mongo() {
        return new MongoTemplate(client, "outbox");
    }

    /** The relay of one process, some time after the document was saved. */
    private static OutboxRelay relay(MongoTemplate mongo, Duration later) {
        var connections = new BrokerConnections(uri());
        var rabbit = new RabbitTemplate(broker);
        rabbit.setMandatory(true);
        rabbit.setReturnsCallback(_ -> {});
        return new OutboxRelay(
                mongo,
                new ConfirmedPublisher(rabbit, new BrokerPulse(connections), new AlarmLane(connections)),
                Clock.fixed(SAVED.plus(later), ZoneOffset.UTC),
                List.of(new OutboxCollection(THINGS)));
    }

    /** As a repository does it: the document and what is to be told, in one write. */
    private Outgoing save() {
        var message = fact(Fact.RUN_CHANGED, 1);
        save(List.of(message));
        return message;
    }

    private Outgoing fact(Fact fact, long version) {
        return new Outbox(new Ids(), Clock.fixed(SAVED, ZoneOffset.UTC), new JsonMapper())
                .event(fact, version, new Outbox.Place("t", null, null), id, null, Map.of());
    }

    private void save(List<Outgoing> messages) {
        var outbox = messages.stream()
                .map(message -> new Document("id", message.id())
                        .append("exchange", message.exchange())
                        .append("key", message.key())
                        .append("body", message.body())
                        .append("at", Date.from(message.at())))
                .toList();
        mongo().insert(new Document("_id", id).append("outbox", outbox), THINGS);
    }

    private List<Document> waiting() {
        return Objects.requireNonNull(mongo().findById(id, Document.class, THINGS))
                .getList("outbox", Document.class);
    }

    /** The relay goes on after an error of its process too; what it could not clear is left for the next sweep. */
    private void dieBeforeItIsCleared() {
        var died = new AtomicBoolean();
        var dying = new MongoTemplate(client, "outbox") {
            @Override
            public UpdateResult updateFirst(Query query, UpdateDefinition update, String collection) {
                died.set(true);
                throw new Died();
            }
        };
        relay(dying, Duration.ZERO).relayAndWait(THINGS, id);
        assertThat(died).isTrue();
    }

    @Test
    void whatWasStoredAndNeverSentIsSentByWhoeverSweepsNext() {
        var message = save();

        relay(mongo(), ofSeconds(3)).sweep();
        assertThat(waiting()).as("whoever stored it may be sending it").hasSize(1);
        relay(mongo(), ofSeconds(6)).sweep();

        await().atMost(ofSeconds(30)).until(() -> !heard.isEmpty());
        assertThat(heard).extracting(DomainEvent::id).containsExactly(message.id());
        assertThat(waiting()).isEmpty();
    }

    @Test
    void whatWasSentAndNotClearedAwayIsSentAgainUnderTheSameId() {
        var message = save();
        dieBeforeItIsCleared();
        await().atMost(ofSeconds(30)).until(() -> heard.size() == 1);

        relay(mongo(), ofSeconds(6)).sweep();

        await().atMost(ofSeconds(30)).until(() -> heard.size() == 2);
        assertThat(heard).extracting(DomainEvent::id).containsOnly(message.id());
        assertThat(waiting()).isEmpty();
        relay(mongo(), ofSeconds(12)).sweep();
        await().during(ofSeconds(1)).atMost(ofSeconds(30)).until(() -> heard.size() == 2);
    }

    @Test
    void ofStatesThatNobodyHasHeardOnlyTheLastIsSent() {
        save(List.of(
                fact(Fact.RUN_CHANGED, 1),
                fact(Fact.EXECUTION_ENDED, 2),
                fact(Fact.RUN_CHANGED, 3),
                fact(Fact.EXECUTION_ENDED, 4),
                fact(Fact.RUN_CHANGED, 5)));

        relay(mongo(), Duration.ZERO).relayAndWait(THINGS, id);

        await().atMost(ofSeconds(30)).until(() -> heard.size() == 3);
        assertThat(heard).extracting(DomainEvent::version).containsExactly(2L, 4L, 5L);
        assertThat(waiting()).isEmpty();
    }

    @Test
    void whatIsReplacedStaysUntilTheNewerOneIsSafe() {
        save(List.of(fact(Fact.RUN_CHANGED, 1), fact(Fact.RUN_CHANGED, 2)));
        dieBeforeItIsCleared();
        assertThat(waiting()).hasSize(2);

        relay(mongo(), ofSeconds(6)).sweep();

        await().atMost(ofSeconds(30)).until(() -> heard.size() == 2);
        assertThat(heard).extracting(DomainEvent::version).containsOnly(2L);
        assertThat(waiting()).isEmpty();
    }

    @Test
    void replicasThatSweepAtTheSameTimeSendItUnderOneId() {
        var message = save();

        IntStream.range(0, 4)
                .parallel()
                .forEach(_ -> relay(mongo(), ofSeconds(6)).sweep());

        await().atMost(ofSeconds(30)).until(() -> !heard.isEmpty());
        assertThat(heard).extracting(DomainEvent::id).containsOnly(message.id());
        assertThat(waiting()).isEmpty();
    }
}

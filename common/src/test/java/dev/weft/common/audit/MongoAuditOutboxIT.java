package dev.weft.common.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import dev.weft.common.id.Ids;
import dev.weft.common.outbox.Outbox.Place;
import dev.weft.common.service.SetClock;
import dev.weft.store.EmbeddedStore;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import tools.jackson.databind.json.JsonMapper;

class MongoAuditOutboxIT {

    private static final Ids IDS = new Ids();

    private final AtomicInteger writes = new AtomicInteger();
    private final CountDownLatch onItsWay = new CountDownLatch(1);
    private final CountDownLatch arrived = new CountDownLatch(1);
    private EmbeddedStore store;
    private MongoClient client;
    private MongoTemplate mongo;
    private MongoAuditOutbox outbox;

    /** The first write takes until the test says so. */
    private final class Slow implements CommandListener {
        @Override
        public void commandStarted(CommandStartedEvent event) {
            if (event.getCommandName().equals("update") && writes.getAndIncrement() == 0) {
                onItsWay.countDown();
                awaitArrival();
            }
        }
    }

    private void awaitArrival() {
        try {
            assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @BeforeEach
    void start() {
        store = EmbeddedStore.inMemory();
        client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(store.connectionString()))
                .addCommandListener(new Slow())
                .build());
        mongo = new MongoTemplate(client, "outbox");
        outbox = new MongoAuditOutbox(mongo, new JsonMapper(), new SetClock());
    }

    @AfterEach
    void stop() {
        arrived.countDown();
        client.close();
        store.close();
    }

    private static AuditEntry entry() {
        return new AuditEntry(
                IDS.next(),
                Instant.parse("2026-01-01T00:00:00Z"),
                "flow.start",
                AuditOutcome.FAILED,
                null,
                new AuditActor("user", IDS.next(), "ann@example.com"),
                "flow",
                IDS.next(),
                new Place(IDS.next(), null, null),
                "192.0.2.1",
                "r",
                List.of(),
                false);
    }

    private long stored() {
        return mongo.getCollection(MongoAuditOutbox.COLLECTION).countDocuments();
    }

    private Thread begin() {
        return Thread.ofPlatform().start(() -> outbox.begin(entry()));
    }

    @Test
    void requestsAtTheSameTimeShareTheirWrites() throws Exception {
        var first = begin();
        assertThat(onItsWay.await(60, TimeUnit.SECONDS)).isTrue();
        var others = IntStream.range(0, 50).mapToObj(_ -> begin()).toList();
        await().until(() -> others.stream().allMatch(one -> one.getState() == Thread.State.WAITING));

        arrived.countDown();
        first.join();
        for (var other : others) {
            other.join();
        }

        assertThat(stored()).isEqualTo(51);
        assertThat(writes)
                .as("one for who was alone, one for all who came meanwhile")
                .hasValue(2);
    }

    /** The gateway asks a second replica, with the same identifier, when the first gave no answer. */
    @Test
    void whatIsBegunTwiceIsOneEntryAndItsEndCounts() {
        arrived.countDown();
        var entry = entry();

        outbox.begin(entry);
        outbox.begin(entry);
        outbox.end(entry);

        var later = Instant.parse("2999-01-01T00:00:00Z");
        assertThat(outbox.ended(later, 10)).containsExactly(entry);
        assertThat(outbox.begun(later, 10)).isEmpty();
    }

    @Test
    void aWriteThatFailsIsToldToItsRequestAndHoldsUpNoOther() {
        arrived.countDown();
        client.close();

        assertThatThrownBy(() -> outbox.begin(entry())).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> outbox.end(entry())).isInstanceOf(RuntimeException.class);
    }
}

package dev.weft.execution.consumer;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.weft.common.duty.MongoLeaseRepository;
import dev.weft.common.id.Ids;
import dev.weft.store.EmbeddedStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.data.mongodb.core.MongoTemplate;

class LeasedSlotsIT implements ReplicaSlotsSpec {

    private static final Duration TERM = Duration.ofSeconds(15);

    private static EmbeddedStore store;
    private static MongoClient client;

    private volatile Instant now = Instant.parse("2026-11-29T12:00:00Z");

    @BeforeAll
    static void open() {
        store = EmbeddedStore.inMemory();
        client = MongoClients.create(store.connectionString());
    }

    @AfterAll
    static void close() {
        client.close();
        store.close();
    }

    @Override
    public ReplicaSlots process() {
        var clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
        return new LeasedSlots(new MongoLeaseRepository(new MongoTemplate(client, "slots"), clock), new Ids(), TERM);
    }

    @Override
    public void passATerm() {
        now = now.plus(TERM).plusMillis(1);
    }
}

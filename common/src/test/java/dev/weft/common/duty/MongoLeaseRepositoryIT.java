package dev.weft.common.duty;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.weft.store.EmbeddedStore;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.data.mongodb.core.MongoTemplate;

class MongoLeaseRepositoryIT implements LeaseRepositorySpec {

    private static EmbeddedStore store;
    private static MongoClient client;

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
    public LeaseRepository leases(Clock clock) {
        return new MongoLeaseRepository(new MongoTemplate(client, "leases"), clock);
    }
}

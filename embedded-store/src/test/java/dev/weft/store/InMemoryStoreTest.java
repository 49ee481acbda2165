package dev.weft.store;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class InMemoryStoreTest implements StoreWritingSpec, StoreUniqueSpec, StoreReadingSpec, StoreIndexSpec {
    private static EmbeddedStore store;
    private static MongoClient client;

    @BeforeAll
    static void open() {
        store = EmbeddedStore.inMemory();
        client = StoreSpec.connect(store.connectionString());
    }

    @AfterAll
    static void close() {
        client.close();
        store.close();
    }

    @Override
    public MongoDatabase database() {
        return client.getDatabase("spec");
    }
}

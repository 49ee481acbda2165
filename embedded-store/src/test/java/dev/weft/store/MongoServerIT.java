package dev.weft.store;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The same promises of the server that WEFT_MONGODB_URI names, which shows that the specs ask for nothing odd. */
@EnabledIfEnvironmentVariable(named = "WEFT_MONGODB_URI", matches = ".+")
class MongoServerIT implements StoreWritingSpec, StoreUniqueSpec, StoreReadingSpec, StoreIndexSpec {
    private static MongoClient client;

    @BeforeAll
    static void open() {
        client = StoreSpec.connect(System.getenv("WEFT_MONGODB_URI"));
    }

    @AfterAll
    static void close() {
        client.getDatabase("weft_store_spec").drop();
        client.close();
    }

    @Override
    public MongoDatabase database() {
        return client.getDatabase("weft_store_spec");
    }
}

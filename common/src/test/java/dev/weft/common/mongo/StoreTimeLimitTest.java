package dev.weft.common.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Indexes;
import dev.weft.common.broker.BrokerRelay;
import dev.weft.store.EmbeddedStore;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.data.mongodb.core.MongoTemplate;

/** A store that stands still: it keeps its connections, takes what is sent, and answers nothing. */
class StoreTimeLimitTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    /** Long enough for the greetings of a new connection on a busy machine. */
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private EmbeddedStore store;
    private BrokerRelay relay;
    private MongoClient client;
    private MongoCollection<Document> documents;

    @BeforeEach
    void open() throws IOException {
        store = EmbeddedStore.inMemory();
        relay = new BrokerRelay(store.connectionString());
        var address = new ConnectionString("mongodb://127.0.0.1:"
                + URI.create(relay.uri()).getPort()
                + "/?connectTimeoutMS=2000&serverSelectionTimeoutMS=5000&heartbeatFrequencyMS=120000");
        var settings = MongoClientSettings.builder().applyConnectionString(address);
        new StoreTimeLimit(SILENCE).applyTo(settings, address);
        client = MongoClients.create(settings.build());
        documents = client.getDatabase("test").getCollection("documents");
        StoreTimeLimit.ofMany(documents).insertOne(new Document("_id", 1));
    }

    @AfterEach
    void close() throws IOException {
        relay.cut();
        client.close();
        relay.close();
        store.close();
    }

    @Test
    void isWaitedForNoLongerThanTheLimit() {
        relay.fallSilent();

        assertTimeoutPreemptively(LONG, () -> {
            assertThatThrownBy(() -> documents.insertOne(new Document("_id", 2)))
                    .isInstanceOf(MongoException.class);
            assertThatThrownBy(() -> documents.find().first()).isInstanceOf(MongoException.class);
        });
    }

    @Test
    void mayTakeLongerToMakeAnIndexOrToChangeMany() {
        assertTimeoutPreemptively(LONG, () -> {
            fallSilentForLongerThanTheLimit();
            StoreTimeLimit.ofIndexes(documents).createIndex(Indexes.ascending("a"));
            fallSilentForLongerThanTheLimit();
            StoreTimeLimit.ofMany(documents).deleteMany(new Document("_id", 1));
        });
        assertThat(StoreTimeLimit.ofMany(documents).countDocuments()).isZero();
    }

    private void fallSilentForLongerThanTheLimit() {
        relay.fallSilent();
        CompletableFuture.delayedExecutor(SILENCE.toMillis() + 1000, TimeUnit.MILLISECONDS)
                .execute(relay::speak);
    }

    @Test
    void everyServiceHasTheLimitUnlessTheAddressNamesOne() {
        assertThat(ofAService("mongodb://store:27017")).isEqualTo(30_000);
        assertThat(ofAService("mongodb://store:27017/?socketTimeoutMS=5000")).isEqualTo(5000);
        // All of a call then, which the driver counts by itself.
        assertThat(ofAService("mongodb://store:27017/?timeoutMS=7000")).isZero();
    }

    private int ofAService(String address) {
        try (var service = new AnnotationConfigApplicationContext()) {
            service.registerBean(Clock.class, Clock::systemUTC);
            service.registerBean(MongoTemplate.class, () -> new MongoTemplate(client, "test"));
            service.registerBean(MongoConnectionDetails.class, () -> () -> new ConnectionString(address));
            service.register(MongoConfiguration.class);
            service.refresh();
            var settings = MongoClientSettings.builder().applyConnectionString(new ConnectionString(address));
            service.getBeanProvider(MongoClientSettingsBuilderCustomizer.class)
                    .forEach(customizer -> customizer.customize(settings));
            return settings.build().getSocketSettings().getReadTimeout(TimeUnit.MILLISECONDS);
        }
    }
}

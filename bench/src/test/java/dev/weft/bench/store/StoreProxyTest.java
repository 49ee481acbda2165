package dev.weft.bench.store;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSocketException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import dev.weft.store.EmbeddedStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the driver that the services have. */
class StoreProxyTest {

    @TempDir
    private Path directory;

    private EmbeddedStore store;
    private StoreProxy proxy;
    private MongoClient client;
    private MongoCollection<Document> documents;

    @BeforeEach
    void open() throws IOException {
        store = EmbeddedStore.open(directory.resolve("proxy.store"), "localhost", 0, false);
        proxy = new StoreProxy(URI.create(store.connectionString()).getPort());
        client = MongoClients.create(proxy.uri());
        documents = client.getDatabase("proxy").getCollection("documents");
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        proxy.close();
        store.close();
    }

    @Test
    void passesOnWhatIsAskedAndAnswered() {
        documents.insertOne(new Document("_id", "a").append("text", "x".repeat(100_000)));

        assertThat(isThere("a")).isTrue();
        assertThat(proxy.struck()).isZero();
    }

    @Test
    void refusesWritesAndLetsReadsThrough() {
        documents.insertOne(new Document("_id", "a"));

        proxy.begin(WriteFault.NOT_PRIMARY);

        assertThatThrownBy(() -> documents.insertOne(new Document("_id", "b")))
                .isInstanceOf(MongoNotPrimaryException.class);
        assertThat(isThere("a")).isTrue();
        assertThat(isThere("b")).isFalse();
    }

    @Test
    void dropsAWriteBeforeItIsDone() {
        proxy.begin(WriteFault.DROPPED);

        assertThatThrownBy(() -> documents.insertOne(new Document("_id", "a")))
                .isInstanceOf(MongoSocketException.class);
        assertThat(isThere("a")).isFalse();
    }

    @Test
    void doesAWriteThatItDoesNotAnswer() {
        proxy.begin(WriteFault.UNANSWERED);

        assertThatThrownBy(() -> documents.insertOne(new Document("_id", "a")))
                .isInstanceOf(MongoSocketException.class);
        assertThat(isThere("a")).isTrue();
    }

    @Test
    void answersAWriteWithAnErrorOfItsConcern() {
        proxy.begin(WriteFault.UNCONFIRMED);

        assertThatThrownBy(() -> documents.insertOne(new Document("_id", "a")))
                .isInstanceOf(MongoException.class)
                .isNotInstanceOf(MongoSocketException.class);
        assertThat(isThere("a")).isTrue();
    }

    @Test
    void takesWritesAgainWhenTheElectionIsOver() {
        proxy.begin(WriteFault.NOT_PRIMARY);
        assertThatThrownBy(() -> documents.insertOne(new Document("_id", "a"))).isInstanceOf(MongoException.class);

        proxy.end();
        documents.insertOne(new Document("_id", "a"));

        assertThat(isThere("a")).isTrue();
        assertThat(proxy.struck()).isEqualTo(1);
    }

    private boolean isThere(String id) {
        return documents.find(eq(id)).first() != null;
    }
}

package dev.weft.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import dev.weft.store.disk.SteadyFileStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk takes nothing of the store's file for a while; of its journal: {@code StoreJournalTest}. */
class FullDiskTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private final Disk disk = new Disk();
    private EmbeddedStore store;
    private MongoClient client;
    private MongoDatabase database;
    private MongoCollection<Document> documents;

    /** One that says no, and has then taken a part. */
    private static final class Disk extends SteadyFileStore {
        private volatile boolean full;
        private volatile boolean broken;
        private final List<Long> written = new CopyOnWriteArrayList<>();

        Disk() {
            super(4);
        }

        @Override
        protected void write(long position, ByteBuffer bytes) throws IOException {
            written.add(position);
            if (!full) {
                super.write(position, bytes);
                return;
            }
            super.write(position, bytes.duplicate().limit(bytes.position() + bytes.remaining() / 2));
            throw new IOException("No space left on device");
        }

        @Override
        protected void force() throws IOException {
            if (broken) throw new IOException("Input/output error");
            super.force();
        }
    }

    @BeforeEach
    void open() {
        store = new EmbeddedStore(FileEngine.open(file(), true, disk), "localhost", 0, "");
        connect();
        documents.insertOne(new Document("_id", 1));
    }

    private void connect() {
        client = MongoClients.create(store.connectionString());
        database = client.getDatabase("d");
        documents = database.getCollection("c");
    }

    @AfterEach
    void close() {
        client.close();
        store.close();
    }

    private Path file() {
        return directory.resolve("full.store");
    }

    private void reopen() {
        close();
        store = EmbeddedStore.open(file(), "localhost", 0);
        connect();
    }

    private void isRefused() {
        // A new collection needs a checkpoint.
        assertThatThrownBy(() -> database.createCollection("other"))
                .isInstanceOf(MongoException.class)
                .hasMessageContaining("The store cannot write");
        assertThatThrownBy(() -> documents.insertOne(new Document("_id", 2))).isInstanceOf(MongoException.class);
        assertThatThrownBy(() -> database.runCommand(new Document("ping", 1)))
                .as("health")
                .hasMessageContaining("The store cannot write");
        assertThat(documents.find().first()).as("reads go on").isEqualTo(new Document("_id", 1));
    }

    private void isTaken() {
        await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> documents.insertOne(new Document("_id", 3)).wasAcknowledged());
        database.runCommand(new Document("ping", 1));
        database.createCollection("another");
    }

    @Test
    void writesAreRefusedWhileItIsFullAndTakenWhenItIsNot() {
        disk.full = true;
        isRefused();
        disk.full = false;
        isTaken();

        reopen();
        assertThat(documents.find()).containsExactly(new Document("_id", 1), new Document("_id", 3));
        assertThat(database.listCollectionNames()).contains("c", "other", "another");
    }

    /** What could not be forced is no more to be had by forcing again: the system has dropped it. */
    @Test
    void whatCouldNotBeForcedIsWrittenOnceMore() {
        disk.written.clear();
        disk.broken = true;
        isRefused();
        var unforced = List.copyOf(disk.written);
        disk.written.clear();
        disk.broken = false;
        isTaken();

        assertThat(disk.written).containsAll(unforced);
        reopen();
        assertThat(documents.find()).containsExactly(new Document("_id", 1), new Document("_id", 3));
    }

    @Test
    void aNewStoreThatCanNotBeOpenedForItIsNotLeftLocked() {
        var fresh = directory.resolve("fresh.store");
        var full = new SteadyFileStore(4) {
            @Override
            protected void write(long position, ByteBuffer bytes) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        assertThatThrownBy(() -> FileEngine.open(fresh, true, full)).isInstanceOf(RuntimeException.class);

        FileEngine.open(fresh, true).close();
    }

    @Test
    void itCanBeClosedWhileItIsFullAndLosesNothingThatWasAcknowledged() {
        documents.insertOne(new Document("_id", 9));
        disk.full = true;
        isRefused();

        assertTimeoutPreemptively(SOON, this::reopen);

        assertThat(documents.find()).containsExactly(new Document("_id", 1), new Document("_id", 9));
    }
}

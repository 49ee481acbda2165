package dev.weft.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import dev.weft.store.index.StoreMaps;
import dev.weft.store.key.StoreKey;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bson.Document;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest implements StoreWritingSpec, StoreUniqueSpec, StoreReadingSpec, StoreIndexSpec {
    @TempDir
    private static Path directory;

    private static EmbeddedStore store;
    private static MongoClient client;

    @BeforeAll
    static void open() {
        store = EmbeddedStore.open(directory.resolve("spec.store"), "localhost", 0);
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

    @Test
    void keepsDocumentsAndIndexesOverARestart() throws Exception {
        var file = directory.resolve("restarted.store");
        try (var first = EmbeddedStore.open(file, "localhost", 0);
                var driver = MongoClients.create(first.connectionString())) {
            var documents = driver.getDatabase("d").getCollection("c");
            documents.createIndex(new Document("group", 1).append("number", 1));
            documents.createIndex(new Document("name", 1), new IndexOptions().unique(true));
            for (var i = 0; i < 100; i++) {
                documents.insertOne(new Document("_id", i)
                        .append("group", i % 4)
                        .append("number", i)
                        .append("name", "n" + i));
            }
            documents.deleteMany(eq("group", 3));
        }

        try (var second = EmbeddedStore.open(file, "localhost", 0);
                var driver = MongoClients.create(second.connectionString())) {
            var documents = driver.getDatabase("d").getCollection("c");
            assertThat(documents.countDocuments()).isEqualTo(75);
            assertThat(documents.listIndexes()).hasSize(3);
            var filter = and(eq("group", 2), eq("number", 10));
            assertThat(StoreSpec.documentsRead(documents, filter, new Document(), 0))
                    .isOne();
            assertThatThrownBy(() -> documents.insertOne(new Document("_id", 200).append("name", "n4")))
                    .isInstanceOf(MongoWriteException.class);
            documents.insertOne(new Document("_id", 200).append("name", "n3"));
        }

        try (var files = Files.list(directory)) {
            assertThat(files.filter(each -> each.getFileName().toString().startsWith("restarted.")))
                    .containsExactly(file);
        }
    }

    @Test
    void readsNoDocumentsOfAnIndexedCollectionAtItsStart() {
        var file = directory.resolve("large.store");
        try (var first = EmbeddedStore.open(file, "localhost", 0);
                var driver = MongoClients.create(first.connectionString())) {
            var documents = driver.getDatabase("d").getCollection("c");
            documents.createIndex(new Document("rare", 1), new IndexOptions().sparse(true));
            documents.createIndex(
                    new Document("rarer", 1), new IndexOptions().sparse(true).unique(true));
            documents.insertOne(new Document("_id", 1));
        }
        try (var maps = MVStore.open(file.toString())) {
            var unreadable = new byte[] {1};
            new StoreMaps(maps).documents("d.c").put(StoreKey.of(2), unreadable);
        }

        try (var second = EmbeddedStore.open(file, "localhost", 0);
                var driver = MongoClients.create(second.connectionString())) {
            var documents = driver.getDatabase("d").getCollection("c");
            documents.insertOne(new Document("_id", 3).append("rare", 1).append("rarer", 1));

            assertThat(StoreSpec.documentsRead(documents, eq("rare", 1), new Document(), 0))
                    .isOne();
            assertThat(documents.find(eq("rarer", 1))).hasSize(1);
        }
    }

    @Test
    void isNotOpenedWhileItIsOpen() {
        var file = directory.resolve("shared.store");
        try (var _ = EmbeddedStore.open(file, "localhost", 0)) {
            assertThatThrownBy(() -> EmbeddedStore.open(file, "localhost", 0)).hasMessageContaining("locked");
        }
    }
}

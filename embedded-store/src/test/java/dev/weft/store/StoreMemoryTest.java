package dev.weft.store;

import static com.mongodb.client.model.Accumulators.push;
import static com.mongodb.client.model.Accumulators.sum;
import static com.mongodb.client.model.Aggregates.group;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store whose heap holds a small part of its documents: whatever is asked of it, it refuses or does it, and lives on. */
class StoreMemoryTest {
    private static final int COUNT = 5_000;
    private static final int BYTES = 10_000;

    @TempDir
    private static Path directory;

    private static Process process;
    private static MongoClient client;
    private static MongoCollection<Document> documents;

    @BeforeAll
    static void begin() throws IOException {
        var command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmbeddedStoreApplication.class.getName(),
                        "--port=0",
                        "--force=false",
                        "--file=" + directory.resolve("small.store"))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        // Where servers of an installation run beside the tests, theirs is set.
        command.environment().remove("WEFT_STORE_PASSWORD");
        process = command.start();
        var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var ready = lines.readLine();
        client = StoreSpec.connect(ready.split(" ", -1)[2]);
        documents = client.getDatabase("d").getCollection("c");
        documents.createIndex(new Document("group", 1).append("number", -1));
        documents.createIndex(new Document("rare", 1), new IndexOptions().sparse(true));
        var random = new Random(1);
        for (var i = 0; i < COUNT; i += 200) {
            List<Document> some = new ArrayList<>();
            for (var n = i; n < i + 200; n++) {
                var bytes = new byte[BYTES];
                random.nextBytes(bytes);
                some.add(new Document("_id", n)
                        .append("group", n % 4)
                        .append("number", n)
                        .append("other", n % 2)
                        .append("bytes", new Binary(bytes)));
            }
            documents.insertMany(some);
        }
    }

    @AfterAll
    static void end() throws InterruptedException {
        client.close();
        process.destroy();
        process.waitFor();
    }

    @Test
    void outlivesWhateverIsAskedOfIt() {
        assertThat(documents.countDocuments(eq("other", 1))).isEqualTo(COUNT / 2);
        assertThat(documents.countDocuments(new Document("group", 1).append("other", 1)))
                .isEqualTo(COUNT / 4);

        // Never read to the end, and never closed.
        for (var i = 0; i < 50; i++) {
            documents.find(gte("other", 0)).batchSize(20).iterator().next();
        }
        for (var i = 0; i < 12; i++) {
            documents
                    .find()
                    .sort(descending("other"))
                    .limit(200)
                    .batchSize(20)
                    .iterator()
                    .next();
        }
        assertThat(documents.find().sort(ascending("group", "number")).projection(new Document("number", 1)))
                .hasSize(COUNT);
        assertThat(documents.find().sort(descending("other", "number")).limit(3))
                .extracting(each -> each.get("number"))
                .containsExactly(COUNT - 1, COUNT - 3, COUNT - 5);

        assertThatThrownBy(() -> documents.find().sort(ascending("other")).into(new ArrayList<>()))
                .isInstanceOfSatisfying(
                        MongoCommandException.class,
                        refused -> assertThat(refused.getErrorCode()).isEqualTo(292));
        assertThat(documents.aggregate(List.of(group("$group", sum("count", 1)))))
                .hasSize(4);
        assertThatThrownBy(() -> documents
                        .aggregate(List.of(group("$group", push("all", "$$ROOT"))))
                        .first())
                .isInstanceOfSatisfying(
                        MongoCommandException.class,
                        refused -> assertThat(refused.getErrorCode()).isEqualTo(292));
        assertThat(documents.aggregate(List.of())).hasSize(COUNT);

        assertThat(documents.updateMany(gte("number", 0), set("rare", 1)).getModifiedCount())
                .isEqualTo(COUNT);
        assertThat(documents.deleteMany(lt("number", COUNT / 2)).getDeletedCount())
                .isEqualTo(COUNT / 2);
        assertThat(documents.countDocuments()).isEqualTo(COUNT / 2);
        assertThat(process.isAlive()).isTrue();
    }
}

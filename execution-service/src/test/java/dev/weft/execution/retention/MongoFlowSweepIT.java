package dev.weft.execution.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Indexes;
import dev.weft.store.EmbeddedStore;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class MongoFlowSweepIT {

    @Test
    void removesTheOldAndTheSurplusOfEachFlowInBatches() {
        try (var server = EmbeddedStore.inMemory();
                var client = MongoClients.create(server.connectionString())) {
            var documents = client.getDatabase("sweep").getCollection("things");
            documents.createIndex(Indexes.compoundIndex(Indexes.ascending("f"), Indexes.descending("at", "_id")));
            var all = new ArrayList<Document>();
            for (var n = 0; n < 1300; n++) {
                all.add(new Document("_id", "a" + n).append("f", "many").append("at", new Date(10_000 + n)));
            }
            for (var n = 0; n < 10; n++) {
                all.add(new Document("_id", "b" + n)
                        .append("f", "old")
                        .append("at", new Date(5 + n))
                        .append("e", "e" + n));
            }
            all.add(new Document("_id", "c").append("f", "quiet").append("at", new Date(20)));
            documents.insertMany(all);
            var doomed = new ArrayList<Document>();

            new MongoFlowSweep(documents, "at", "e").remove(new Date(10), 100, (_, some) -> doomed.addAll(some));

            assertThat(documents.countDocuments(new Document("f", "many"))).isEqualTo(100);
            assertThat(documents.find(new Document("_id", "a1200")).first()).isNotNull();
            assertThat(documents.countDocuments(new Document("f", "old"))).isEqualTo(5);
            assertThat(documents.countDocuments(new Document("f", "quiet"))).isEqualTo(1);
            assertThat(doomed).hasSize(1205);
            assertThat(doomed.stream()
                            .filter(one -> one.getString("f").equals("old"))
                            .map(one -> one.getString("e")))
                    .containsExactly("e0", "e1", "e2", "e3", "e4");
        }
    }

    @Test
    void readsOneDocumentOfAFlowThatHasNothingToRemove() {
        try (var server = EmbeddedStore.inMemory();
                var client = MongoClients.create(server.connectionString())) {
            var database = client.getDatabase("sweep");
            var documents = database.getCollection("things");
            documents.createIndex(Indexes.compoundIndex(Indexes.ascending("f"), Indexes.descending("at", "_id")));
            for (var n = 0; n < 100; n++) {
                documents.insertOne(
                        new Document("_id", "a" + n).append("f", "f" + n % 2).append("at", new Date(n)));
            }

            for (var find : List.of(
                    new Document("find", "things")
                            .append("filter", new Document("f", "f0"))
                            .append("sort", new Document("at", 1))
                            .append("limit", 1),
                    new Document("find", "things")
                            .append("filter", new Document("f", new Document("$gt", "f0")))
                            .append("sort", new Document("f", 1))
                            .append("limit", 1))) {
                var explained = database.runCommand(new Document("explain", find));
                assertThat(explained
                                .get("executionStats", Document.class)
                                .get("totalDocsExamined", Number.class)
                                .intValue())
                        .as("%s", find)
                        .isEqualTo(1);
            }
        }
    }
}

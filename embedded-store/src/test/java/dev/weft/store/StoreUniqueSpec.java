package dev.weft.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Unique indexes: compound, sparse, over arrays, built late, and under several writers. */
interface StoreUniqueSpec extends StoreSpec {
    IndexOptions UNIQUE = new IndexOptions().unique(true);

    private MongoCollection<Document> named() {
        var documents = collection();
        documents.createIndex(new Document("ws", 1).append("name", 1), UNIQUE);
        documents.insertOne(Document.parse("{_id: 1, ws: 'a', name: 'x'}"));
        documents.insertOne(Document.parse("{_id: 2, ws: 'a', name: 'y'}"));
        return documents;
    }

    private static void assertDuplicate(ThrowingCallable write) {
        assertThatThrownBy(write)
                .isInstanceOfSatisfying(
                        MongoException.class, e -> assertThat(e.getCode()).isEqualTo(11000));
    }

    @Test
    default void refusesASecondDocumentWithTheSameValues() {
        var documents = named();

        assertDuplicate(() -> documents.insertOne(Document.parse("{_id: 3, ws: 'a', name: 'x'}")));
        documents.insertOne(Document.parse("{_id: 3, ws: 'b', name: 'x'}"));
        assertThat(documents.countDocuments()).isEqualTo(3);
    }

    @Test
    default void refusesAnUpdateIntoTheValuesOfAnother() {
        var documents = named();

        assertDuplicate(() -> documents.updateOne(eq(2), set("name", "x")));
        assertDuplicate(() -> documents.findOneAndUpdate(
                eq(9),
                new Document("$setOnInsert", Document.parse("{ws: 'a', name: 'y'}")),
                new FindOneAndUpdateOptions().upsert(true)));
        assertThat(documents.find(eq(2)).first().getString("name")).isEqualTo("y");
        documents.updateOne(eq(1), set("name", "z"));
        documents.updateOne(eq(2), set("name", "x"));
        assertThat(documents.find(and(eq("ws", "a"), eq("name", "x"))).first().get("_id"))
                .isEqualTo(2);
    }

    @Test
    default void freesTheValuesOfADeletedDocument() {
        var documents = named();

        documents.deleteOne(eq(1));
        documents.insertOne(Document.parse("{_id: 7, ws: 'a', name: 'x'}"));

        assertThat(documents.find(and(eq("name", "x"), eq("ws", "a"))).first().get("_id"))
                .isEqualTo(7);
    }

    @Test
    default void readsOneDocumentForValuesInAnyForm() {
        var documents = named();
        documents.insertMany(IntStream.range(10, 200)
                .mapToObj(i -> new Document("_id", i).append("ws", "a").append("name", "n" + i))
                .toList());

        for (var filter : new Document[] {
            Document.parse("{ws: 'a', name: 'x'}"),
            Document.parse("{$and: [{ws: 'a'}, {name: 'x'}]}"),
            Document.parse("{$and: [{name: {$eq: 'x'}}, {$and: [{ws: 'a'}]}], other: null}"),
            Document.parse("{ws: 'a', name: {$in: ['x']}}")
        }) {
            assertThat(documents.find(filter)).hasSize(1);
            assertThat(StoreSpec.documentsRead(documents, filter, new Document(), 0))
                    .isLessThanOrEqualTo(1);
        }
    }

    @Test
    default void leavesDocumentsWithoutTheFieldOutOfASparseIndex() {
        var documents = collection();
        documents.createIndex(
                new Document("key", 1), new IndexOptions().unique(true).sparse(true));

        documents.insertOne(Document.parse("{_id: 1}"));
        documents.insertOne(Document.parse("{_id: 2}"));
        documents.insertOne(Document.parse("{_id: 3, key: 'k'}"));

        assertDuplicate(() -> documents.insertOne(Document.parse("{_id: 4, key: 'k'}")));
        assertDuplicate(() -> documents.updateOne(eq(1), set("key", "k")));
        assertThat(documents.find(eq("key", null))).hasSize(2);
        assertThat(documents.find().sort(new Document("key", 1)).limit(5)).hasSize(3);
    }

    @Test
    default void takesAMissingFieldForNullInANormalIndex() {
        var documents = collection();
        documents.createIndex(new Document("key", 1), UNIQUE);
        documents.insertOne(Document.parse("{_id: 1}"));

        assertDuplicate(() -> documents.insertOne(Document.parse("{_id: 2, key: null}")));
    }

    @Test
    default void comparesEachElementOfAnArray() {
        var documents = collection();
        documents.createIndex(new Document("emails", 1), UNIQUE);
        documents.insertOne(Document.parse("{_id: 1, emails: ['a', 'b', 'a']}"));

        assertDuplicate(() -> documents.insertOne(Document.parse("{_id: 2, emails: ['c', 'b']}")));
        documents.insertOne(Document.parse("{_id: 3, emails: ['c']}"));
        documents.updateOne(eq(1), set("emails", java.util.List.of("a")));
        documents.insertOne(Document.parse("{_id: 4, emails: 'b'}"));
        assertThat(documents.find(eq("emails", "b")).first().get("_id")).isEqualTo(4);
    }

    @Test
    default void refusesToBuildOverDuplicates() {
        var documents = numbered(10, 2);

        assertDuplicate(() -> documents.createIndex(new Document("group", 1), UNIQUE));
        assertThat(documents.listIndexes()).hasSize(1);
        documents.createIndex(new Document("number", 1), UNIQUE);
        assertThatThrownBy(() -> documents.insertOne(new Document("_id", 77).append("number", 5)))
                .isInstanceOf(MongoWriteException.class);
    }

    @Test
    default void letsOneOfEightWritersHaveAName() throws Exception {
        var documents = named();
        try (var writers = Executors.newFixedThreadPool(8)) {
            var tasks = IntStream.range(0, 400)
                    .mapToObj(i -> writers.submit(() -> {
                        try {
                            documents.insertOne(new Document("_id", 100 + i)
                                    .append("ws", "w")
                                    .append("name", "n" + i % 100));
                            return 1;
                        } catch (MongoWriteException e) {
                            return 0;
                        }
                    }))
                    .toList();
            var won = 0;
            for (var task : tasks) won += task.get();
            assertThat(won).isEqualTo(100);
        }
        assertThat(documents.countDocuments(eq("ws", "w"))).isEqualTo(100);
    }
}

package dev.weft.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Updates.addToSet;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.max;
import static com.mongodb.client.model.Updates.min;
import static com.mongodb.client.model.Updates.pull;
import static com.mongodb.client.model.Updates.push;
import static com.mongodb.client.model.Updates.pushEach;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.setOnInsert;
import static com.mongodb.client.model.Updates.unset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.PushOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

/** Writing one or many documents, also by several writers at once. */
interface StoreWritingSpec extends StoreSpec {
    @Test
    default void givesBackEveryTypeAsWritten() {
        var documents = collection();
        var written = new Document("_id", new ObjectId())
                .append("text", "für \u0000 and \uD83D\uDE00")
                .append("int", 7)
                .append("long", Long.MAX_VALUE)
                .append("double", 0.1)
                .append("decimal", new Decimal128(new BigDecimal("12.50")))
                .append("flag", true)
                .append("nothing", null)
                .append("date", Date.from(Instant.parse("2026-11-24T12:00:00.123Z")))
                .append("uuid", UUID.fromString("6f1b1f3e-54b5-4a94-9d57-7f1f66d4b0d1"))
                .append("bytes", new Binary(new byte[] {0, 1, -1}))
                .append("list", List.of(1, "two", List.of(3), new Document("four", 4)))
                .append("nested", new Document("a", new Document("b", List.of())));

        documents.insertOne(written);

        assertThat(documents.find(eq(written.get("_id"))).first()).isEqualTo(written);
    }

    @Test
    default void keepsADocumentOfTwelveMegabytes() {
        var documents = collection();

        documents.insertOne(new Document("_id", 1).append("text", "x".repeat(12 << 20)));

        assertThat(documents.find().first().getString("text")).hasSize(12 << 20);
    }

    @Test
    default void takesOneAndOnePointZeroForTheSameId() {
        var documents = collection();
        documents.insertOne(new Document("_id", 1L << 40));

        assertThatThrownBy(() -> documents.insertOne(new Document("_id", (double) (1L << 40))))
                .isInstanceOf(MongoWriteException.class);
        assertThat(documents.countDocuments(eq((double) (1L << 40)))).isOne();
        documents.insertOne(new Document("_id", Long.MAX_VALUE));
        documents.insertOne(new Document("_id", Long.MAX_VALUE - 1));
        assertThat(documents.find(eq(Long.MAX_VALUE - 1)).first().get("_id")).isEqualTo(Long.MAX_VALUE - 1);
    }

    @Test
    default void changesOnlyTheRevisionItWasTold() {
        var documents = collection();
        documents.insertOne(new Document("_id", "f").append("revision", 1).append("status", "draft"));

        var mine = documents.updateOne(
                and(eq("f"), eq("revision", 1)), combine(set("status", "active"), inc("revision", 1)));
        var late = documents.updateOne(
                and(eq("f"), eq("revision", 1)), combine(set("status", "gone"), inc("revision", 1)));

        assertThat(mine.getModifiedCount()).isOne();
        assertThat(late.getMatchedCount()).isZero();
        assertThat(documents.find().first().getString("status")).isEqualTo("active");
    }

    @Test
    default void letsOneOfEightWritersWinEachRevision() throws Exception {
        var documents = collection();
        documents.insertOne(new Document("_id", 1).append("revision", 0));
        try (var writers = Executors.newFixedThreadPool(8)) {
            var tasks = IntStream.range(0, 400)
                    .mapToObj(_ -> writers.submit(() -> {
                        while (true) {
                            var seen = documents.find(eq(1)).first().getInteger("revision");
                            if (documents
                                            .updateOne(and(eq(1), eq("revision", seen)), inc("revision", 1))
                                            .getModifiedCount()
                                    == 1) return;
                        }
                    }))
                    .toList();
            for (var task : tasks) task.get();
        }

        assertThat(documents.find().first().getInteger("revision")).isEqualTo(400);
    }

    @Test
    default void handsEachJobToOneOfEightClaimants() throws Exception {
        var jobs = collection();
        jobs.insertMany(IntStream.range(0, 300)
                .mapToObj(i -> new Document("_id", i).append("state", "ready").append("due", i))
                .toList());
        jobs.createIndex(new Document("state", 1).append("due", 1));
        var claimed = new ConcurrentLinkedQueue<Integer>();
        try (var claimants = Executors.newFixedThreadPool(8)) {
            var tasks = IntStream.range(0, 8)
                    .mapToObj(i -> claimants.submit(() -> {
                        while (true) {
                            var job = jobs.findOneAndUpdate(
                                    eq("state", "ready"),
                                    combine(set("state", "taken"), set("by", i)),
                                    new FindOneAndUpdateOptions().sort(new Document("due", 1)));
                            if (job == null) return;
                            claimed.add(job.getInteger("_id"));
                        }
                    }))
                    .toList();
            for (var task : tasks) task.get();
        }

        assertThat(claimed).hasSize(300).doesNotHaveDuplicates();
        assertThat(jobs.countDocuments(eq("state", "taken"))).isEqualTo(300);
    }

    @Test
    default void countsWithFindAndModify() {
        var counters = collection();
        var upsert = new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER);

        for (var i = 1; i <= 3; i++) {
            assertThat(counters.findOneAndUpdate(eq("c"), inc("n", 1), upsert).getInteger("n"))
                    .isEqualTo(i);
        }
        assertThat(counters.findOneAndDelete(eq("c")).getInteger("n")).isEqualTo(3);
        assertThat(counters.findOneAndDelete(eq("c"))).isNull();
    }

    @Test
    default void setsOnInsertOnly() {
        var documents = collection();
        var upsert = new UpdateOptions().upsert(true);
        var update = combine(set("seen", 1), setOnInsert("created", "first"));

        var first = documents.updateOne(and(eq("_id", "x"), eq("kind", "k")), update, upsert);
        var second = documents.updateOne(
                and(eq("_id", "x"), eq("kind", "k")),
                combine(set("seen", 2), setOnInsert("created", "second")),
                upsert);

        assertThat(first.getUpsertedId().asString().getValue()).isEqualTo("x");
        assertThat(second.getUpsertedId()).isNull();
        assertThat(documents.find().first())
                .isEqualTo(Document.parse("{_id: 'x', kind: 'k', seen: 2, created: 'first'}"));
    }

    @Test
    default void changesListsInPlace() {
        var documents = collection();
        documents.insertOne(
                Document.parse("{_id: 1, tags: ['a'], items: [{k: 1, n: 1}, {k: 2, n: 1}], low: 5, high: 5}"));

        documents.updateOne(eq(1), combine(push("log", "l1"), addToSet("tags", "a"), min("low", 3), max("high", 9)));
        documents.updateOne(eq(1), combine(addToSet("tags", "b"), unset("nothing")));
        documents.updateOne(eq(1), pushEach("log", Arrays.asList("l2", "l3", "l4"), new PushOptions().slice(-2)));
        documents.updateOne(eq(1), pull("tags", "a"));
        documents.updateOne(eq(1), set("items.$[i].n", 7), new UpdateOptions().arrayFilters(List.of(eq("i.k", 2))));
        documents.updateOne(and(eq("_id", 1), eq("items.k", 1)), inc("items.$.n", 10));

        assertThat(documents.find().first())
                .isEqualTo(Document.parse("{_id: 1, tags: ['b'], items: [{k: 1, n: 11}, {k: 2, n: 7}], low: 3, high: 9,"
                        + " log: ['l3', 'l4']}"));
    }

    @Test
    default void replacesAndDeletes() {
        var documents = numbered(10, 2);

        documents.replaceOne(eq(3), new Document("other", 1));
        documents.replaceOne(eq(11), new Document("other", 2), new ReplaceOptions().upsert(true));
        var deleted = documents.deleteMany(eq("group", 0)).getDeletedCount();
        var one = documents.deleteOne(gt("number", 0)).getDeletedCount();

        assertThat(documents.find(eq(3)).first()).isEqualTo(Document.parse("{_id: 3, other: 1}"));
        assertThat(deleted).isEqualTo(5);
        assertThat(one).isOne();
        assertThat(documents.countDocuments()).isEqualTo(5);
    }

    @Test
    default void updatesMany() {
        var documents = numbered(100, 4);

        var result = documents.updateMany(and(eq("group", 1), lt("number", 50)), set("done", true));

        assertThat(result.getMatchedCount()).isEqualTo(13);
        assertThat(documents.countDocuments(eq("done", true))).isEqualTo(13);
    }

    @Test
    default void goesOnAfterAFailureInAnUnorderedBulk() {
        var documents = collection();
        List<WriteModel<Document>> writes = List.of(
                new InsertOneModel<>(new Document("_id", 1)),
                new InsertOneModel<>(new Document("_id", 1)),
                new InsertOneModel<>(new Document("_id", 2)),
                new UpdateOneModel<>(eq(3), set("n", 1), new UpdateOptions().upsert(true)),
                new ReplaceOneModel<>(eq(4), new Document("n", 1), new ReplaceOptions().upsert(true)));

        assertThatThrownBy(() -> documents.bulkWrite(writes, new BulkWriteOptions().ordered(false)))
                .isInstanceOfSatisfying(MongoBulkWriteException.class, e -> {
                    assertThat(e.getWriteErrors()).singleElement().satisfies(error -> {
                        assertThat(error.getIndex()).isOne();
                        assertThat(error.getCode()).isEqualTo(11000);
                    });
                    assertThat(e.getWriteResult().getUpserts()).hasSize(2);
                });
        assertThat(documents.countDocuments()).isEqualTo(4);
    }

    @Test
    default void stopsAtAFailureInAnOrderedBulk() {
        var documents = collection();
        List<WriteModel<Document>> writes = List.of(
                new InsertOneModel<>(new Document("_id", 1)),
                new InsertOneModel<>(new Document("_id", 1)),
                new InsertOneModel<>(new Document("_id", 2)));

        assertThatThrownBy(() -> documents.bulkWrite(writes)).isInstanceOf(MongoBulkWriteException.class);
        assertThat(documents.countDocuments()).isOne();
    }

    @Test
    default void writesTheSameBulkOfUpsertsTwice() {
        var documents = collection();
        List<WriteModel<Document>> writes = IntStream.range(0, 500)
                .<WriteModel<Document>>mapToObj(i ->
                        new ReplaceOneModel<>(eq("id" + i), new Document("n", i), new ReplaceOptions().upsert(true)))
                .toList();

        var first = documents.bulkWrite(writes, new BulkWriteOptions().ordered(false));
        var second = documents.bulkWrite(writes, new BulkWriteOptions().ordered(false));

        assertThat(first.getUpserts()).hasSize(500);
        assertThat(second.getMatchedCount()).isEqualTo(500);
        assertThat(documents.countDocuments()).isEqualTo(500);
    }

    @Test
    default void saysDuplicateKeyWhenItMeansIt() {
        var documents = collection();
        documents.insertOne(new Document("_id", 1));

        assertThatThrownBy(() -> documents.insertOne(new Document("_id", 1)))
                .isInstanceOfSatisfying(
                        MongoWriteException.class,
                        e -> assertThat(e.getError().getCategory()).isEqualTo(ErrorCategory.DUPLICATE_KEY));
    }
}

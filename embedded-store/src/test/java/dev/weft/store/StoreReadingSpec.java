package dev.weft.store;

import static com.mongodb.client.model.Accumulators.max;
import static com.mongodb.client.model.Accumulators.sum;
import static com.mongodb.client.model.Aggregates.group;
import static com.mongodb.client.model.Aggregates.limit;
import static com.mongodb.client.model.Aggregates.match;
import static com.mongodb.client.model.Aggregates.project;
import static com.mongodb.client.model.Aggregates.sort;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.elemMatch;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.nin;
import static com.mongodb.client.model.Filters.not;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Filters.regex;
import static com.mongodb.client.model.Projections.excludeId;
import static com.mongodb.client.model.Projections.fields;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Sorts.orderBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Finding, counting and aggregating, where no index but the primary one helps. */
interface StoreReadingSpec extends StoreSpec {
    private static List<Integer> ids(Iterable<Document> found) {
        var ids = new ArrayList<Integer>();
        found.forEach(document -> ids.add(document.getInteger("_id")));
        return ids;
    }

    @Test
    default void findsByEachKindOfFilter() {
        var documents = collection();
        documents.insertMany(List.of(
                Document.parse("{_id: 1, n: 1, name: 'Anna', tags: ['a', 'b'], sub: {k: 1}}"),
                Document.parse("{_id: 2, n: 2, name: 'bob', tags: [], items: [{k: 1, v: 2}, {k: 2, v: 1}]}"),
                Document.parse("{_id: 3, n: 3.5, name: null, items: [{k: 2, v: 2}]}")));

        assertThat(ids(documents.find(gt("n", 1)))).containsExactly(2, 3);
        assertThat(ids(documents.find(and(gte("n", 2), lt("n", 3.5))))).containsExactly(2);
        assertThat(ids(documents.find(in("n", 1L, 3.5)))).containsExactly(1, 3);
        assertThat(ids(documents.find(nin("n", 1, 2)))).containsExactly(3);
        assertThat(ids(documents.find(ne("name", "bob")))).containsExactly(1, 3);
        assertThat(ids(documents.find(or(eq("n", 1), eq("name", "bob"))))).containsExactly(1, 2);
        assertThat(ids(documents.find(regex("name", "^an", "i")))).containsExactly(1);
        assertThat(ids(documents.find(not(regex("name", "^b"))))).containsExactly(1, 3);
        assertThat(ids(documents.find(exists("tags")))).containsExactly(1, 2);
        assertThat(ids(documents.find(eq("tags", "b")))).containsExactly(1);
        assertThat(ids(documents.find(eq("sub.k", 1)))).containsExactly(1);
        assertThat(ids(documents.find(eq("items.v", 1)))).containsExactly(2);
        assertThat(ids(documents.find(elemMatch("items", and(eq("k", 2), eq("v", 2))))))
                .containsExactly(3);
        assertThat(ids(documents.find(eq("name", null)))).containsExactly(3);
        assertThat(ids(documents.find(eq("sub", new Document("k", 1))))).containsExactly(1);
        assertThat(ids(documents.find(in("_id", 3, 1, 9)))).containsExactlyInAnyOrder(1, 3);
    }

    @Test
    default void sortsSkipsAndLimits() {
        var documents = numbered(100, 10);

        var page = documents
                .find(gt("number", 9))
                .sort(orderBy(ascending("group"), descending("number")))
                .skip(8)
                .limit(3);

        assertThat(ids(page)).containsExactly(10, 91, 81);
    }

    @Test
    default void sortsByIdFromEitherEnd() {
        var documents = numbered(1_000, 10);

        assertThat(ids(documents.find().sort(descending("_id")).limit(2))).containsExactly(999, 998);
        assertThat(ids(documents.find(gt("_id", 500)).sort(ascending("_id")).limit(2)))
                .containsExactly(501, 502);
        assertThat(StoreSpec.documentsRead(documents, gt("_id", 500), ascending("_id"), 2))
                .isLessThanOrEqualTo(3);
    }

    @Test
    default void projects() {
        var documents = numbered(3, 1);

        assertThat(documents
                        .find(eq(1))
                        .projection(fields(include("name"), excludeId()))
                        .first())
                .isEqualTo(new Document("name", "n1"));
    }

    @Test
    default void countsAndTellsDistinctValues() {
        var documents = numbered(100, 10);

        assertThat(documents.countDocuments()).isEqualTo(100);
        assertThat(documents.estimatedDocumentCount()).isEqualTo(100);
        assertThat(documents.countDocuments(lt("number", 50))).isEqualTo(50);
        assertThat(documents.countDocuments(eq("number", -1))).isZero();
        assertThat(documents.distinct("group", lt("number", 3), Integer.class)).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    default void readsInBatches() {
        var documents = numbered(2_500, 10);

        assertThat(documents.find().batchSize(100)).hasSize(2_500);
        assertThat(documents.find()).hasSize(2_500);
    }

    @Test
    default void goesOnBehindWhatItHasReadWhenOthersWrite() {
        var documents = numbered(300, 10);

        try (var cursor = documents.find().sort(ascending("_id")).batchSize(100).iterator()) {
            var ids = new ArrayList<Integer>();
            for (var i = 0; i < 50; i++) ids.add(cursor.next().getInteger("_id"));
            documents.deleteMany(lt("_id", 40));
            documents.deleteOne(eq(250));
            documents.insertOne(new Document("_id", -1));
            cursor.forEachRemaining(each -> ids.add(each.getInteger("_id")));

            assertThat(ids).hasSize(299).isSorted().doesNotHaveDuplicates().doesNotContain(-1, 250);
        }
    }

    @Test
    default void handsOutASortedResultInBatches() {
        var documents = numbered(1_000, 10);

        assertThat(ids(documents
                        .find(lt("number", 500))
                        .sort(descending("name"))
                        .batchSize(70)))
                .hasSize(500)
                .doesNotHaveDuplicates()
                .startsWith(99, 98);
        assertThat(documents
                        .aggregate(List.of(match(lt("number", 500)), project(include("name"))))
                        .batchSize(70))
                .hasSize(500);
    }

    @Test
    default void readsMoreThanOneReplyCanHold() {
        var documents = collection();
        for (var i = 0; i < 30; i++) {
            documents.insertOne(new Document("_id", i).append("text", "x".repeat(2 << 20)));
        }

        assertThat(ids(documents.find().sort(ascending("_id")))).hasSize(30).isSorted();
    }

    @Test
    default void aggregates() {
        var documents = numbered(100, 10);

        var groups = documents.aggregate(List.of(
                match(gte("number", 50)),
                group("$group", sum("count", 1), max("highest", "$number")),
                sort(descending("highest")),
                limit(2),
                project(Document.parse("{_id: 0, group: '$_id', count: 1, highest: 1}"))));

        assertThat(groups)
                .containsExactly(
                        Document.parse("{count: 5, highest: 99, group: 9}"),
                        Document.parse("{count: 5, highest: 98, group: 8}"));
    }

    @Test
    default void aggregatesFromASortedBeginning() {
        var documents = numbered(100, 10);

        var names = documents.aggregate(List.of(
                match(eq("group", 3)),
                sort(descending("number")),
                Document.parse("{$skip: 1}"),
                limit(2),
                project(Document.parse("{_id: 0, name: 1}"))));

        assertThat(names).containsExactly(new Document("name", "n83"), new Document("name", "n73"));
        assertThat(documents.aggregate(List.of(group(null, sum("all", "$number")))))
                .containsExactly(new Document("_id", null).append("all", 4950));
    }
}

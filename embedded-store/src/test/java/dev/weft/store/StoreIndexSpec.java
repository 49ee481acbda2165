package dev.weft.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Sorts.orderBy;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Test;

/** Plain indexes: what a query reads with them, and that it finds what it would find without. */
interface StoreIndexSpec extends StoreSpec {
    private MongoCollection<Document> indexed() {
        var documents = numbered(1_000, 10);
        documents.createIndex(new Document("group", 1).append("number", -1));
        return documents;
    }

    private static List<Integer> ids(Iterable<Document> found) {
        var ids = new ArrayList<Integer>();
        found.forEach(document -> ids.add(document.getInteger("_id")));
        return ids;
    }

    private static long read(MongoCollection<Document> documents, Bson filter) {
        return StoreSpec.documentsRead(documents, filter, new Document(), 0);
    }

    @Test
    default void readsOnlyWhatEqualityOnThePrefixAdmits() {
        var documents = indexed();

        assertThat(documents.find(eq("group", 3))).hasSize(100);
        assertThat(read(documents, eq("group", 3))).isEqualTo(100);
        assertThat(read(documents, and(eq("group", 3), eq("number", 13)))).isEqualTo(1);
        assertThat(read(documents, and(eq("group", 3), eq("number", 14)))).isZero();
    }

    @Test
    default void readsOnlyARange() {
        var documents = indexed();
        var range = and(eq("group", 3), and(gt("number", 100), lte("number", 153)));

        assertThat(ids(documents.find(range).sort(ascending("number")))).containsExactly(103, 113, 123, 133, 143, 153);
        assertThat(read(documents, range)).isEqualTo(6);
        assertThat(read(documents, and(eq("group", 3), lt("number", 20)))).isEqualTo(2);
        assertThat(read(documents, and(eq("group", 3), gte("number", 983)))).isEqualTo(2);
        assertThat(read(documents, and(eq("group", 3), gte("number", "a")))).isZero();
    }

    @Test
    default void stopsAtTheLimitWhereTheIndexGivesTheOrder() {
        var documents = indexed();

        for (var order :
                List.of(descending("number"), ascending("number"), orderBy(ascending("group"), descending("number")))) {
            assertThat(StoreSpec.documentsRead(documents, eq("group", 3), order, 5))
                    .isLessThanOrEqualTo(6);
        }
        assertThat(ids(documents
                        .find(eq("group", 3))
                        .sort(descending("number"))
                        .skip(1)
                        .limit(2)))
                .containsExactly(983, 973);
        assertThat(ids(documents.find(eq("group", 3)).sort(ascending("number")).limit(2)))
                .containsExactly(3, 13);
        assertThat(ids(documents
                        .find()
                        .sort(orderBy(descending("group"), ascending("number")))
                        .limit(2)))
                .containsExactly(9, 19);
    }

    @Test
    default void sortsByMoreThanTheIndexGives() {
        var documents = collection();
        documents.createIndex(new Document("day", 1));
        for (var i = 0; i < 200; i++) documents.insertOne(new Document("_id", i).append("day", i / 20));

        var order = orderBy(descending("day"), descending("_id"));

        assertThat(ids(documents.find().sort(order).limit(25)))
                .hasSize(25)
                .startsWith(199, 198, 197)
                .isSortedAccordingTo((a, b) -> b - a);
    }

    @Test
    default void pagesByKeyset() {
        var documents = collection();
        documents.createIndex(new Document("ws", 1).append("created", -1).append("_id", -1));
        for (var i = 0; i < 300; i++) {
            documents.insertOne(new Document("_id", i).append("ws", i % 2).append("created", i / 10));
        }
        var seen = new ArrayList<Integer>();
        Bson page = eq("ws", 1);
        while (true) {
            var order = orderBy(descending("created"), descending("_id"));
            assertThat(StoreSpec.documentsRead(documents, page, order, 20)).isLessThanOrEqualTo(31);
            var found = documents.find(page).sort(order).limit(20).into(new ArrayList<>());
            if (found.isEmpty()) break;
            seen.addAll(ids(found));
            var last = found.getLast();
            page = and(
                    eq("ws", 1),
                    or(
                            lt("created", last.get("created")),
                            and(eq("created", last.get("created")), lt("_id", last.get("_id")))));
        }

        assertThat(seen).hasSize(150).doesNotHaveDuplicates().isSortedAccordingTo((a, b) -> b - a);
    }

    @Test
    default void readsEachValueOfIn() {
        var documents = indexed();
        var some = in("group", 2, 4, 4.0, 77);

        assertThat(documents.find(some)).hasSize(200);
        assertThat(read(documents, some)).isEqualTo(200);
        assertThat(ids(documents.find(some).sort(descending("number")).limit(4)))
                .containsExactly(994, 992, 984, 982);
        assertThat(read(documents, and(some, eq("number", 12)))).isEqualTo(1);
    }

    @Test
    default void followsUpdatesAndDeletes() {
        var documents = indexed();

        documents.updateOne(eq(13), set("group", 4));
        documents.updateMany(eq("group", 5), set("group", 6));
        documents.deleteOne(eq(14));

        assertThat(documents.countDocuments(eq("group", 3))).isEqualTo(99);
        assertThat(documents.countDocuments(eq("group", 4))).isEqualTo(100);
        assertThat(documents.countDocuments(eq("group", 5))).isZero();
        assertThat(documents.countDocuments(eq("group", 6))).isEqualTo(200);
        assertThat(documents.find(and(eq("group", 4), eq("number", 13))).first().get("_id"))
                .isEqualTo(13);
    }

    @Test
    default void changesEachDocumentOnceThoughItMovesInTheIndex() {
        var documents = numbered(1_500, 10);
        documents.createIndex(new Document("number", 1));

        var result = documents.updateMany(gte("number", 0), new Document("$inc", new Document("number", 10)));

        assertThat(result.getModifiedCount()).isEqualTo(1_500);
        assertThat(documents.find().sort(ascending("number")).first().get("number"))
                .isEqualTo(10);
        assertThat(documents.find().sort(descending("number")).first().get("number"))
                .isEqualTo(1_509);
        assertThat(documents.deleteMany(gte("number", 1_000)).getDeletedCount()).isEqualTo(510);
        assertThat(documents.countDocuments(gte("number", 0))).isEqualTo(990);
    }

    @Test
    default void findsWhatHasNoValue() {
        var documents = collection();
        documents.createIndex(new Document("owner", 1));
        documents.insertMany(List.of(
                Document.parse("{_id: 1}"),
                Document.parse("{_id: 2, owner: null}"),
                Document.parse("{_id: 3, owner: 'a'}")));

        assertThat(ids(documents.find(eq("owner", null)))).containsExactlyInAnyOrder(1, 2);
        assertThat(ids(documents.find(in("owner", null, "a")))).containsExactlyInAnyOrder(1, 2, 3);
        assertThat(ids(documents.find().sort(descending("owner")).limit(1))).containsExactly(3);
    }

    @Test
    default void findsByElementsOfArrays() {
        var documents = collection();
        documents.createIndex(new Document("ws", 1).append("tags", 1));
        documents.createIndex(new Document("items.k", 1));
        documents.insertMany(List.of(
                Document.parse("{_id: 1, ws: 1, tags: ['a', 'b'], items: [{k: 1}, {k: 9}]}"),
                Document.parse("{_id: 2, ws: 1, tags: [], items: []}"),
                Document.parse("{_id: 3, ws: 1, tags: 'a'}"),
                Document.parse("{_id: 4, ws: 1, items: [{k: 5}]}")));

        assertThat(ids(documents.find(and(eq("ws", 1), eq("tags", "a"))))).containsExactlyInAnyOrder(1, 3);
        assertThat(ids(documents.find(eq("ws", 1)))).containsExactlyInAnyOrder(1, 2, 3, 4);
        assertThat(documents.countDocuments(eq("ws", 1))).isEqualTo(4);
        assertThat(ids(documents.find(and(gt("items.k", 2), lt("items.k", 4))))).containsExactly(1);
        assertThat(ids(documents.find(gt("items.k", 4)).sort(ascending("_id")))).containsExactly(1, 4);
        assertThat(ids(documents.find(eq("ws", 1)).sort(ascending("tags")).limit(9)))
                .hasSize(4);
        documents.updateOne(eq(1), new Document("$pull", new Document("tags", "a")));
        assertThat(ids(documents.find(and(eq("ws", 1), eq("tags", "a"))))).containsExactly(3);
    }

    @Test
    default void countsWithAnIndex() {
        var documents = indexed();

        assertThat(documents.countDocuments(and(eq("group", 3), gte("number", 500))))
                .isEqualTo(50);
        assertThat(documents.countDocuments(eq("group", 42))).isZero();
    }

    @Test
    default void buildsAnIndexOverWhatIsThere() {
        var documents = numbered(500, 5);

        documents.createIndex(new Document("name", 1));
        documents.createIndex(new Document("name", 1));

        assertThat(read(documents, eq("name", "n77"))).isEqualTo(1);
        assertThat(documents.listIndexes()).hasSize(2);
    }

    @Test
    default void dropsOneIndexAndNotItsNamesake() {
        var one = indexed();
        var other = indexed();

        one.dropIndex("group_1_number_-1");
        one.insertOne(new Document("_id", 5_003).append("group", 3).append("number", 5_003));
        one.createIndex(new Document("group", 1).append("number", -1));

        assertThat(one.countDocuments(eq("group", 3))).isEqualTo(101);
        assertThat(other.listIndexes()).hasSize(2);
        one.drop();
        assertThat(one.countDocuments()).isZero();
        assertThat(read(other, eq("group", 3))).isEqualTo(100);
    }

    @Test
    default void acceptsAnIndexThatExpires() {
        var documents = collection();

        documents.createIndex(new Document("until", 1), new IndexOptions().expireAfter(60L, TimeUnit.SECONDS));

        documents.insertOne(new Document("_id", 1).append("until", new java.util.Date(4_000_000_000_000L)));
        assertThat(documents.countDocuments()).isOne();
    }

    @Test
    default void ordersValuesOfEveryType() {
        var documents = collection();
        documents.createIndex(new Document("v", 1));
        var values = Document.parse("""
            {v: [null, -1.5, {$numberLong: '-1'}, 0, 0.5, {$numberLong: '9007199254740993'}, 1e300, '', 'a', 'a\\u0001',
             'ab', 'b', {a: 1}, {$oid: '650000000000000000000001'}, {$oid: '650000000000000000000002'}, false, true,
             {$date: '1960-01-01T00:00:00Z'}, {$date: '2026-01-01T00:00:00Z'}]}
            """).getList("v", Object.class);
        for (var i = values.size() - 1; i >= 0; i--) {
            documents.insertOne(new Document("_id", i).append("v", values.get(i)));
        }

        assertThat(ids(documents.find().sort(ascending("v")).limit(100)))
                .hasSize(values.size())
                .isSorted();
        assertThat(ids(documents.find().sort(descending("v")).limit(100))).isSortedAccordingTo((a, b) -> b - a);
    }
}

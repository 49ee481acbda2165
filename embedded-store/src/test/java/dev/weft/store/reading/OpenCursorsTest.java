package dev.weft.store.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.CursorNotFoundException;
import de.bwaldvogel.mongo.exception.MongoServerError;
import dev.weft.store.index.PlainIndex;
import dev.weft.store.index.PrimaryIndex;
import dev.weft.store.index.StoreMaps;
import dev.weft.store.key.DocumentBytes;
import dev.weft.store.key.StoreKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenCursorsTest {
    private static final int TEXT = 1_000;
    private static final long MOST = 100 * TEXT;

    private final AtomicLong nanos = new AtomicLong();
    private final OpenCursors cursors = new OpenCursors(nanos::get, MOST, MOST);
    private final MVStore store = new MVStore.Builder().open();
    private final StoreMaps maps = new StoreMaps(store);
    private CollectionReader documents;

    @BeforeEach
    void fill() {
        var stored = maps.documents("d.c");
        var day = PlainIndex.open(maps, "d.c", "day_1", List.of(new IndexKey("day", true)), false);
        for (var i = 0; i < 1_000; i++) {
            var document = new Document("_id", i)
                    .append("back", 1_000 - i)
                    .append("day", i / 100)
                    .append("text", "x".repeat(TEXT));
            stored.put(StoreKey.of(i), DocumentBytes.encode(document));
            day.file(document, StoreKey.of(i));
        }
        documents = new CollectionReader(stored::get, new PrimaryIndex(stored), List.of(day), cursors);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private FoundDocuments find(@Nullable Document order, int limit) {
        return documents.found(new Document(), order, 0, limit);
    }

    private Document first(DocumentSource found, int batchSize) {
        return cursors.first(new OpenCursors.Result("d.c", found), batchSize, false);
    }

    private static Document cursor(Document answer) {
        return (Document) answer.get("cursor");
    }

    private Document more(Document answer, int batchSize) {
        return cursors.more(new Document("getMore", cursor(answer).get("id")).append("batchSize", batchSize));
    }

    @SuppressWarnings("unchecked")
    private static List<Document> batch(Document answer, String name) {
        return (List<Document>) cursor(answer).get(name);
    }

    @Test
    void readsNoMoreThanABatchWhereTheIndexGivesTheOrder() {
        for (var order : List.of(new Document("_id", -1), new Document("day", 1), new Document())) {
            var found = find(order, 0);

            var answer = first(found, 7);

            assertThat(batch(answer, "firstBatch")).hasSize(7);
            assertThat(found.documentsRead()).as("%s", order).isEqualTo(7);
            more(answer, 8);
            assertThat(found.documentsRead()).as("%s", order).isEqualTo(15);
        }
        assertThat(cursors.memory().taken()).isZero();
    }

    @Test
    void goesThroughAllInBatches() {
        var ids = new ArrayList<Object>();
        var answer = first(find(new Document("day", -1), 0), 90);
        var batch = batch(answer, "firstBatch");
        while (true) {
            batch.forEach(each -> ids.add(each.get("_id")));
            if (Long.valueOf(0).equals(cursor(answer).get("id"))) break;
            answer = more(answer, 90);
            batch = batch(answer, "nextBatch");
        }

        assertThat(ids).hasSize(1_000).doesNotHaveDuplicates();
        assertThat(cursors.size()).isZero();
    }

    @Test
    void keepsOfASortWhatIsWantedUntilItIsTaken() {
        var answer = first(find(new Document("back", 1), 20), 5);

        assertThat(batch(answer, "firstBatch"))
                .extracting(each -> each.get("_id"))
                .startsWith(999, 998);
        assertThat(cursors.memory().taken()).isBetween(15L * TEXT, 30L * TEXT);

        more(answer, 15);
        cursors.kill(new Document("cursors", List.of(cursor(answer).get("id"))));
        assertThat(cursors.memory().taken()).isZero();
    }

    @Test
    void refusesToSortMoreThanItMayKeep() {
        assertThatThrownBy(() -> first(find(new Document("back", 1), 0), 5))
                .isInstanceOfSatisfying(
                        MongoServerError.class,
                        refused -> assertThat(refused.getCode()).isEqualTo(292));

        assertThat(cursors.memory().taken()).isZero();
        assertThat(batch(first(find(new Document("back", 1), 10), 5), "firstBatch"))
                .hasSize(5);
    }

    @Test
    void forgetsTheResultThatWaitsLongestBeforeItRefusesAnother() {
        var eldest = first(find(new Document("back", 1), 40), 5);
        var unsorted = first(find(null, 0), 5);
        var younger = first(find(new Document("back", 1), 40), 5);

        first(find(new Document("back", 1), 40), 5);

        assertThatThrownBy(() -> more(eldest, 5)).isInstanceOf(CursorNotFoundException.class);
        assertThat(batch(more(unsorted, 5), "nextBatch")).hasSize(5);
        assertThat(batch(more(younger, 5), "nextBatch")).hasSize(5);
    }

    @Test
    void forgetsWhatNobodyHasAskedForInTenMinutes() {
        var old = first(find(new Document("back", 1), 20), 5);
        nanos.addAndGet(Duration.ofMinutes(9).toNanos());
        var used = more(old, 5);
        nanos.addAndGet(Duration.ofMinutes(9).toNanos());
        used = more(used, 5);
        nanos.addAndGet(Duration.ofMinutes(10).toNanos());

        first(find(null, 0), 5);

        var forgotten = used;
        assertThatThrownBy(() -> more(forgotten, 5)).isInstanceOf(CursorNotFoundException.class);
        assertThat(cursors.memory().taken()).isZero();
        assertThat(cursors.size()).isOne();
    }

    @Test
    void countsWithoutReadingWhereTheIndexKnows() {
        assertThat(documents.count(new Document("day", 3), 0, 0)).isEqualTo(100);
        assertThat(documents.count(new Document("day", new Document("$gte", 8)), 50, 0))
                .isEqualTo(150);
        assertThat(documents.count(new Document("day", new Document("$in", List.of(1, 2))), 0, 150))
                .isEqualTo(150);
        assertThat(documents.count(new Document("back", new Document("$lte", 10)), 0, 0))
                .isEqualTo(10);
    }

    @Test
    void refusesAnOrderThatIsNone() {
        assertThatThrownBy(() -> find(new Document("$natural", 2), 0))
                .isInstanceOfSatisfying(
                        MongoServerError.class,
                        refused -> assertThat(refused.getCode()).isEqualTo(2));
    }
}

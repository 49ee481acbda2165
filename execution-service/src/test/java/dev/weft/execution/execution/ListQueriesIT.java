package dev.weft.execution.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import dev.weft.common.flowmessage.EffectKey;
import dev.weft.common.id.Ids;
import dev.weft.execution.record.DeliveryRecord;
import dev.weft.execution.record.StepRecord;
import dev.weft.execution.record.StepRecord.FailureRecord;
import dev.weft.store.EmbeddedStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bson.BsonDocument;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;

/** What is asked about executions goes along an index, by what the store says about each query, and reads what is shown. */
class ListQueriesIT {

    private static final String RARE = "65a000000000000000000001";
    private static final String BUSY = "65a000000000000000000002";
    private static final String FOREIGN = "65a000000000000000000003";
    private static final int MANY = 300;

    private final Ids ids = new Ids();
    private final Queue<BsonDocument> queries = new ConcurrentLinkedQueue<>();
    private EmbeddedStore server;
    private MongoClient client;
    private MongoExecutionStore store;

    @BeforeEach
    void start() {
        server = EmbeddedStore.inMemory();
        client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new com.mongodb.ConnectionString(server.connectionString()))
                .addCommandListener(new CommandListener() {
                    @Override
                    public void commandStarted(CommandStartedEvent event) {
                        if (event.getCommandName().equals("find")
                                || event.getCommandName().equals("aggregate")) {
                            queries.add(event.getCommand().clone());
                        }
                    }
                })
                .build());
        open();
        insert("w", RARE, 0);
        for (var n = 1; n <= MANY; n++) {
            insert("w", BUSY, n);
        }
        insert("v", FOREIGN, MANY + 1);
        queries.clear();
    }

    private void open() {
        store = new MongoExecutionStore(mongo(), ids, new NotedEnds());
    }

    private MongoTemplate mongo() {
        return new MongoTemplate(new SimpleMongoClientDatabaseFactory(client, "lists"));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private void insert(String workspace, String flow, int at) {
        insert(workspace, flow, at, List.of(), null);
    }

    private void insert(
            String workspace, String flow, int at, List<String> children, @Nullable String message, String... more) {
        var execution = execution(workspace, flow, at, StepRecord.Status.COMPLETED, children, message);
        for (var status : more) {
            if (status.equals("canceled")) {
                execution.cancel(at + 5);
            }
            if (status.equals("discarded")) {
                execution.errors.replaceAll((_, error) -> error.in(Execution.ErrorState.DISCARDED));
            }
        }
        store.insert(List.of(execution));
    }

    private Execution execution(
            String workspace,
            String flow,
            int at,
            StepRecord.Status usual,
            List<String> children,
            @Nullable String message) {
        var id = ids.nextExecution();
        var failure = message == null
                ? null
                : new FailureRecord("e" + at, "Error", message, "at " + message, at, new byte[0], Map.of());
        var step = new StepRecord(
                EffectKey.kickOff(flow, id),
                "call",
                "m",
                null,
                1,
                failure == null ? usual : StepRecord.Status.FAILED,
                at,
                5,
                null,
                null,
                false,
                children,
                failure);
        var delivery =
                new DeliveryRecord(id, flow, "v", "run", workspace, "t", "u", "timer", at, List.of(step), List.of());
        var execution = Execution.begin(delivery);
        execution.apply(delivery);
        execution.revision = 1;
        return execution;
    }

    private static ListedExecution.Filter by(
            List<String> statuses, List<String> steps, String search, String... flows) {
        return new ListedExecution.Filter("w", null, List.of(flows), statuses, steps, null, null, search);
    }

    private List<Long> starts(ListedExecution.Filter filter) {
        return store.page(filter, 0, 50).stream()
                .map(ListedExecution::startedAt)
                .toList();
    }

    private long entries(String field) {
        return client.getDatabase("lists")
                .getCollection(MongoExecutionStore.COLLECTION)
                .countDocuments(new Document(field, new Document("$gt", "")));
    }

    private static ListedExecution.Filter of(@Nullable String workspace, @Nullable String flow, String... flows) {
        return new ListedExecution.Filter(workspace, flow, List.of(flows), List.of(), List.of(), null, null, "");
    }

    /**
     * How many documents each of the finds since the last call had to read, by what the store says. Of counts it says only
     * along which index they go.
     */
    private List<Long> read() {
        var read = new ArrayList<Long>();
        for (var query : asked()) {
            if (query.containsKey("find")) {
                read.add(requireIndex(
                                query,
                                new Document("find", query.getString("find").getValue())
                                        .append("filter", query.getDocument("filter"))
                                        .append("sort", query.getDocument("sort", new BsonDocument()))
                                        .append("limit", query.get("limit")))
                        .get("executionStats", Document.class)
                        .get("totalDocsExamined", Number.class)
                        .longValue());
            } else {
                requireIndexOfCount(query);
            }
        }
        assertThat(read).as("finds").isNotEmpty();
        return read;
    }

    /** What was asked since the last call. */
    private List<BsonDocument> asked() {
        var asked = new ArrayList<BsonDocument>();
        for (var query = queries.poll(); query != null; query = queries.poll()) {
            asked.add(query);
        }
        return asked;
    }

    private void requireIndexOfCount(BsonDocument count) {
        requireIndex(
                count,
                new Document("find", count.getString("aggregate").getValue())
                        .append(
                                "filter",
                                count.getArray("pipeline").get(0).asDocument().get("$match")));
    }

    private Document requireIndex(BsonDocument query, Document find) {
        var explained = client.getDatabase("lists").runCommand(new Document("explain", find));
        var plan = explained.get("queryPlanner", Document.class).get("winningPlan", Document.class);
        assertThat(plan.getString("stage")).as("%s", query).isNotIn("COLLSCAN", "EOF");
        return explained;
    }

    @Test
    void aPageReadsWhatItShows() {
        assertThat(store.page(of("w", null), 0, 2)).hasSize(2);
        assertThat(read()).containsExactly(2L);

        assertThat(store.page(of(null, BUSY), 10, 20)).hasSize(20);
        assertThat(read()).allMatch(documents -> documents <= 30);

        assertThat(store.page(of("w", null, RARE), 0, 2)).hasSize(1);
        assertThat(read()).allMatch(documents -> documents <= 1);

        assertThat(store.page(of("w", null, RARE, BUSY), 0, 3)).hasSize(3);
        assertThat(read()).allMatch(documents -> documents <= 4);
    }

    @Test
    void aTotalIsCountedOfTheFlowsOfTheWorkspace() {
        assertThat(store.count(of("w", null))).isEqualTo(MANY + 1);
        assertThat(store.count(of("w", null, RARE))).isEqualTo(1);
        assertThat(store.count(of("w", null, BUSY, BUSY, RARE))).isEqualTo(MANY + 1);
        assertThat(store.count(of("w", null, FOREIGN))).isZero();
        assertThat(store.page(of("w", null, FOREIGN), 0, 2)).isEmpty();
        assertThat(store.count(of(null, BUSY))).isEqualTo(MANY);
        assertThat(store.count(new ListedExecution.Filter(
                        "w", null, List.of(BUSY), List.of(), List.of(), Instant.ofEpochMilli(MANY - 9), null, "")))
                .isEqualTo(10);

        assertThat(read()).allMatch(documents -> documents <= 1);
    }

    /** Among 300 that are completed: two that failed, one that was canceled, one that runs, one whose error was discarded. */
    private void insertFew() {
        insert("w", BUSY, 1001, List.of(), "No account 4711");
        insert("w", RARE, 1002, List.of(), "timeout");
        insert("w", BUSY, 1003, List.of("f".repeat(40)), null, "canceled");
        insert("w", BUSY, 1004, List.of("f".repeat(40)), null);
        insert("w", BUSY, 1005, List.of(), "no ACCOUNT 4712", "discarded");
        insert("v", FOREIGN, 1006, List.of(), "no account of theirs");
        queries.clear();
    }

    @Test
    void theFewThatAreNotCompletedOrHaveErrorsAreFoundAmongThose() {
        insertFew();

        assertThat(starts(by(List.of("failed"), List.of(), ""))).containsExactly(1002L, 1001L);
        assertThat(read()).containsExactly(2L);
        assertThat(starts(by(List.of("running", "canceled"), List.of(), ""))).containsExactly(1004L, 1003L);
        assertThat(read()).containsExactly(2L);
        assertThat(starts(by(List.of(), List.of("call"), ""))).containsExactly(1005L, 1002L, 1001L);
        assertThat(read()).containsExactly(5L);
        assertThat(starts(by(List.of("completed"), List.of("call"), ""))).containsExactly(1005L);
        assertThat(read()).containsExactly(1L);
        assertThat(starts(by(List.of(), List.of(), "account"))).containsExactly(1005L, 1001L);
        assertThat(starts(by(List.of(), List.of(), "account", RARE))).isEmpty();
        assertThat(starts(by(List.of("failed"), List.of(), "", RARE, BUSY))).containsExactly(1002L, 1001L);
        assertThat(starts(by(List.of("failed"), List.of(), "", FOREIGN))).isEmpty();
        assertThat(starts(new ListedExecution.Filter(
                        null, BUSY, List.of(), List.of("failed"), List.of(), Instant.ofEpochMilli(1001), null, "")))
                .containsExactly(1001L);
        assertThat(starts(new ListedExecution.Filter(
                        null, BUSY, List.of(), List.of("failed"), List.of(), Instant.ofEpochMilli(1002), null, "")))
                .isEmpty();
        assertThat(read()).allMatch(documents -> documents <= 5);

        assertThat(store.page(by(List.of("failed", "running", "canceled"), List.of(), ""), 0, 1))
                .hasSize(1);
        assertThat(read()).allMatch(documents -> documents <= 4);
    }

    @Test
    void completedOnesAreReadAsFarAsTheyAreShown() {
        insertFew();

        assertThat(store.page(by(List.of("completed"), List.of(), ""), 0, 10)).hasSize(10);
        assertThat(read()).containsExactly(14L);
        assertThat(store.page(by(List.of("failed", "completed"), List.of(), ""), 0, 10))
                .extracting(ListedExecution::startedAt)
                .startsWith(1005L, 1002L, 1001L, 300L);
        assertThat(read()).containsExactly(12L);
    }

    @Test
    void totalsAreOfWhatIsListedAndGoAlongAnIndex() {
        insertFew();
        var all = List.of("running", "completed", "failed", "canceled");
        for (var bits = 0; bits < 16; bits++) {
            var chosen = bits;
            var statuses = all.stream()
                    .filter(status -> (chosen & 1 << all.indexOf(status)) != 0)
                    .toList();
            var filter = by(statuses, List.of(), "");
            var from = Instant.ofEpochMilli(1002);
            var late = new ListedExecution.Filter(null, BUSY, List.of(), statuses, List.of(), from, null, "");

            assertThat(store.count(filter))
                    .as("%s", statuses)
                    .isEqualTo(store.page(filter, 0, 1000).size());
            assertThat(store.count(late))
                    .as("%s", statuses)
                    .isEqualTo(starts(late).size());
        }
        assertThat(store.count(by(List.of("completed"), List.of(), ""))).isEqualTo(MANY + 2);
        assertThat(store.count(by(List.of("failed"), List.of(), ""))).isEqualTo(2);
        assertThat(store.count(by(List.of(), List.of("call"), ""))).isEqualTo(3);
        assertThat(store.count(by(List.of(), List.of("other"), ""))).isZero();
        assertThat(store.count(by(List.of(), List.of(), "account"))).isEqualTo(2);
        assertThat(store.count(by(List.of("failed"), List.of(), "account", BUSY)))
                .isEqualTo(1);
        // Each count and each page along an index.
        read();
    }

    @Test
    void whatIsCompletedWithoutAnErrorHasNoEntryAmongTheFew() {
        assertThat(entries("few.w")).isZero();

        insert("w", BUSY, 1004, List.of("f".repeat(40)), null);
        assertThat(entries("few.w")).isEqualTo(1);
        var running = store.runningOf(BUSY);
        store.change(running, execution -> execution.open.clear());

        assertThat(entries("few.w")).isZero();
        assertThat(store.count(by(List.of("running"), List.of(), ""))).isZero();
    }

    /** As an older release has left it, and goes on to write it until its last replica is replaced. */
    private MongoCollection<Document> olderRelease() {
        insertFew();
        client.getDatabase("lists").getCollection("execution_upgrades").drop();
        var stored = client.getDatabase("lists").getCollection(MongoExecutionStore.COLLECTION);
        stored.updateMany(new Document(), new Document("$unset", new Document("few", "")));
        open();
        return stored;
    }

    private void assertThatTheFewAreListed() {
        assertThat(starts(by(List.of("failed"), List.of(), ""))).containsExactly(1002L, 1001L);
        assertThat(starts(by(List.of(), List.of("call"), ""))).containsExactly(1005L, 1002L, 1001L);
        assertThat(store.count(by(List.of(), List.of(), "account"))).isEqualTo(2);
        assertThat(store.count(by(List.of("completed"), List.of(), ""))).isEqualTo(MANY + 2);
    }

    @Test
    void theFewOfAnOlderReleaseAreListedBeforeTheyAreNoted() {
        olderRelease();

        assertThatTheFewAreListed();
        store.completeOlder(Instant.EPOCH);
        assertThatTheFewAreListed();
        assertThat(entries("few.w")).isZero();
    }

    @Test
    void theFewOfAnOlderReleaseAreNotedOnceItsReplicasAreGone() {
        var stored = olderRelease();
        store.completeOlder(Instant.EPOCH);
        stored.updateMany(new Document(), new Document("$unset", new Document("few", "")));

        store.completeOlder(Instant.EPOCH.plus(Duration.ofMinutes(16)));

        queries.clear();
        assertThatTheFewAreListed();
        assertThat(entries("few.w")).isPositive();
        queries.clear();
        store.completeOlder(Instant.EPOCH.plus(Duration.ofMinutes(17)));
        open();
        assertThat(queries).isEmpty();
    }

    private void insertWaiting(String flow, int at) {
        store.insert(List.of(execution("w", flow, at, StepRecord.Status.REBOUND, List.of("f".repeat(40)), null)));
    }

    @Test
    void ofWhatWaitsOnlyWhatIsOverdueIsRead() {
        var overdue = Duration.ofMinutes(11);
        insertWaiting(RARE, 1000);
        insertWaiting(RARE, 2000);
        for (var n = 0; n < 50; n++) {
            insertWaiting(BUSY, 3000 + n);
        }
        queries.clear();
        var unended = new MongoUnendedExecutions(mongo(), store);
        queries.clear();

        var now = Instant.ofEpochMilli(2500).plus(overdue);
        assertThat(unended.flowsOfOverdueWaits(now, Duration.ofMinutes(1))).containsExactly(RARE);
        assertThat(read()).allMatch(documents -> documents <= 2);
        assertThat(unended.flowsOfOverdueWaits(Instant.ofEpochMilli(900).plus(overdue), Duration.ofMinutes(1)))
                .isEmpty();
        assertThat(read()).containsExactly(0L);

        store.change(store.runningOf(RARE), execution -> execution.cancel(3000));
        assertThat(unended.flowsOfOverdueWaits(now, Duration.ofMinutes(1))).isEmpty();
    }

    @Test
    void theOverdueWaitsOfOneFlowHideNoneOfAnother() {
        for (var n = 0; n < 5; n++) {
            insertWaiting(BUSY, 1000 + n / 2);
        }
        insertWaiting(RARE, 2000);
        var unended = new MongoUnendedExecutions(mongo(), store, 2);
        var now = Instant.ofEpochMilli(5000).plus(Duration.ofMinutes(11));
        queries.clear();

        var looks = new ArrayList<Set<String>>();
        for (var n = 0; n < 8; n++) {
            looks.add(unended.flowsOfOverdueWaits(now, Duration.ofMinutes(1)));
            assertThat(read()).as("at a look").allMatch(documents -> documents <= 4);
        }

        assertThat(looks.getFirst()).containsExactly(BUSY);
        assertThat(looks.subList(3, 8)).as("once found, at each look").containsOnly(Set.of(BUSY, RARE));

        store.change(store.runningOf(BUSY), execution -> execution.cancel(3000));
        for (var n = 0; n < 8; n++) {
            looks.add(unended.flowsOfOverdueWaits(now, Duration.ofMinutes(1)));
        }
        assertThat(looks.getLast()).containsExactly(RARE);
    }

    @Test
    void whatAnOlderReleaseLetWaitIsFoundWhenItIsOverdue() {
        insertWaiting(RARE, 1000);
        client.getDatabase("lists")
                .getCollection(MongoExecutionStore.COLLECTION)
                .updateMany(new Document(), new Document("$unset", new Document("wu", "")));

        var unended = new MongoUnendedExecutions(mongo(), store);

        var now = Instant.ofEpochMilli(5000).plus(Duration.ofMinutes(11));
        assertThat(unended.flowsOfOverdueWaits(now, Duration.ofMinutes(1))).containsExactly(RARE);
        assertThat(read()).allMatch(documents -> documents <= 1);
    }

    @Test
    void whatDutiesAskGoesAlongAnIndex() {
        store.runningOf(BUSY);
        store.runningOf(BUSY, "run");
        store.isRunning(BUSY, "run");
        store.waitingRebounds(BUSY);
        store.leftBehind(new Date(MANY));
        assertThat(read()).hasSize(5).allMatch(documents -> documents == 0);

        store.keep(Date.from(Instant.ofEpochMilli(0)), MANY);
        assertThat(read()).allMatch(documents -> documents <= 1);
    }
}

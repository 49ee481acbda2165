package dev.weft.execution.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import dev.weft.common.flowmessage.EffectKey;
import dev.weft.common.id.Ids;
import dev.weft.execution.record.DeliveryRecord;
import dev.weft.execution.record.StepRecord;
import dev.weft.store.EmbeddedStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Queue;
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
        store = new MongoExecutionStore(
                new MongoTemplate(new SimpleMongoClientDatabaseFactory(client, "lists")), ids, new NotedEnds());
        insert("w", RARE, 0);
        for (var n = 1; n <= MANY; n++) {
            insert("w", BUSY, n);
        }
        insert("v", FOREIGN, MANY + 1);
        queries.clear();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private void insert(String workspace, String flow, int at) {
        var id = ids.nextExecution();
        var step = new StepRecord(
                EffectKey.kickOff(flow, id),
                "call",
                "m",
                null,
                1,
                StepRecord.Status.COMPLETED,
                at,
                5,
                null,
                null,
                false,
                List.of(),
                null);
        var delivery =
                new DeliveryRecord(id, flow, "v", "run", workspace, "t", "u", "timer", at, List.of(step), List.of());
        var execution = Execution.begin(delivery);
        execution.apply(delivery);
        execution.revision = 1;
        store.insert(List.of(execution));
    }

    private static ExecutionFilter of(@Nullable String workspace, @Nullable String flow, String... flows) {
        return new ExecutionFilter(workspace, flow, List.of(flows), List.of(), List.of(), null, null, "");
    }

    /** How many documents each of the queries since the last call had to read, by what the store says. */
    private List<Long> read() {
        var read = new ArrayList<Long>();
        for (var query = queries.poll(); query != null; query = queries.poll()) {
            var find = query.containsKey("find")
                    ? new Document("find", query.getString("find").getValue())
                            .append("filter", query.getDocument("filter"))
                            .append("sort", query.getDocument("sort", new BsonDocument()))
                            .append("limit", query.get("limit"))
                    : new Document("find", query.getString("aggregate").getValue())
                            .append(
                                    "filter",
                                    query.getArray("pipeline")
                                            .get(0)
                                            .asDocument()
                                            .get("$match"));
            var explained = client.getDatabase("lists").runCommand(new Document("explain", find));
            var plan = explained.get("queryPlanner", Document.class).get("winningPlan", Document.class);
            assertThat(plan.getString("stage")).as("%s", query).isNotEqualTo("COLLSCAN");
            if (query.containsKey("find")) {
                read.add(explained
                        .get("executionStats", Document.class)
                        .get("totalDocsExamined", Number.class)
                        .longValue());
            }
        }
        return read;
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
        assertThat(store.count(new ExecutionFilter(
                        "w", null, List.of(BUSY), List.of(), List.of(), Instant.ofEpochMilli(MANY - 9), null, "")))
                .isEqualTo(10);

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

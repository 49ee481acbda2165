package dev.weft.execution.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.weft.common.id.Ids;
import dev.weft.common.mongo.Leases;
import dev.weft.execution.record.DeliveryRecord;
import dev.weft.execution.record.Payload;
import dev.weft.execution.record.StepRecord;
import dev.weft.execution.record.StepRecord.FailureRecord;
import dev.weft.store.EmbeddedStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;

/** What a sweep removes from a document store, and what it leaves. */
class ExecutionRetentionIT {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final Ids ids = new Ids();
    private EmbeddedStore server;
    private MongoClient client;
    private MongoExecutionStore store;
    private MongoErrorInputs inputs;
    private Leases leases;

    @BeforeEach
    void start() {
        server = EmbeddedStore.inMemory();
        client = MongoClients.create(server.connectionString());
        var mongo = new MongoTemplate(new SimpleMongoClientDatabaseFactory(client, "retention"));
        store = new MongoExecutionStore(mongo, ids);
        inputs = new MongoErrorInputs(mongo);
        leases = new Leases(mongo, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private void sweep() {
        new ExecutionRetention(store, inputs, leases, Clock.fixed(NOW, ZoneOffset.UTC), ids).sweep();
    }

    private static Payload large(int number) {
        return new Payload(
                ("\"" + number + "x".repeat(300_000) + "\"").getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private DeliveryRecord delivery(Duration ago) {
        var at = NOW.minus(ago).toEpochMilli();
        var step = new StepRecord(
                Ids.sha256(ago.toString()),
                "step",
                "message",
                null,
                1,
                StepRecord.Status.COMPLETED,
                at,
                5,
                large(1),
                List.of(large(2)),
                false,
                List.of(),
                null);
        return new DeliveryRecord(
                ids.nextExecution(), "f", "v", "r", "w", "t", "u", "webhook", at, List.of(step), List.of());
    }

    private Execution begun(Duration ago) {
        var delivery = delivery(ago);
        var execution = Execution.begin(delivery);
        execution.apply(delivery);
        execution.revision = 1;
        store.insert(List.of(execution));
        return execution;
    }

    private FailureRecord failure(Duration ago) {
        return new FailureRecord(
                ids.nextHex32(),
                "Error",
                "boom",
                "",
                NOW.minus(ago).toEpochMilli(),
                new byte[] {1},
                Map.of("threadId", "e"));
    }

    @Test
    void keepsExecutionsAndAllOfTheirMessagesForThirtyDays() {
        var old = begun(Duration.ofDays(30).plusMinutes(1));
        var young = begun(Duration.ofDays(30).minusMinutes(1));

        sweep();

        assertThat(store.find(old.id)).isEmpty();
        var kept = store.find(young.id).orElseThrow();
        store.fetchPayloads(kept);
        assertThat(kept.steps).isEqualTo(young.steps);
        // What lay outside the old one's document is gone as well.
        var spilled = StoredExecution.read(StoredExecution.write(old, null, (_, payload) -> placeOf(payload)));
        store.fetchPayloads(spilled);
        assertThat(spilled.steps.values().iterator().next().outputs()).doesNotContain(large(2));
    }

    private static String placeOf(Payload payload) {
        return Ids.sha256(new String(payload.json(), java.nio.charset.StandardCharsets.UTF_8))
                .substring(0, 32);
    }

    @Test
    void keepsInputsOfErrorsForFiveDays() {
        var old = failure(Duration.ofDays(5).plusMinutes(1));
        var young = failure(Duration.ofDays(5).minusMinutes(1));
        var delivery = delivery(Duration.ZERO);
        inputs.keep(Map.of(old, delivery, young, delivery));

        sweep();

        assertThat(inputs.find(old.id())).isEmpty();
        assertThat(inputs.find(young.id())).isPresent();
    }

    @Test
    void keepsTheNewestThousandInputsOfAFlow() {
        var delivery = delivery(Duration.ZERO);
        var failures = new LinkedHashMap<FailureRecord, DeliveryRecord>();
        for (var n = 0; n < 1003; n++) {
            failures.put(failure(Duration.ofSeconds(n)), delivery);
        }
        inputs.keep(failures);

        sweep();

        var all = failures.keySet().stream().map(FailureRecord::id).toList();
        assertThat(inputs.find(all).keySet()).containsExactlyInAnyOrderElementsOf(all.subList(0, 1000));
    }

    @Test
    void leavesTheSweepToTheReplicaThatIsAtIt() {
        var old = begun(Duration.ofDays(31));
        leases.hold("execution-retention", "another replica", Duration.ofMinutes(1));

        sweep();

        assertThat(store.find(old.id)).isPresent();
    }
}

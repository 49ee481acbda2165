package dev.weft.execution.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.weft.common.id.Ids;
import dev.weft.execution.attachment.Attachments;
import dev.weft.execution.errorinbox.MongoErrorInputs;
import dev.weft.execution.record.DeliveryRecord;
import dev.weft.execution.record.Payload;
import dev.weft.execution.record.StepRecord;
import dev.weft.execution.record.StepRecord.FailureRecord;
import dev.weft.execution.recorder.ExecutionRetention;
import dev.weft.execution.retention.RetentionProperties;
import dev.weft.store.EmbeddedStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private final SweptFiles files = new SweptFiles();

    @BeforeEach
    void start() {
        server = EmbeddedStore.inMemory();
        client = MongoClients.create(server.connectionString());
        var mongo = new MongoTemplate(new SimpleMongoClientDatabaseFactory(client, "retention"));
        store = new MongoExecutionStore(mongo, ids, new NotedEnds());
        inputs = new MongoErrorInputs(mongo);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    /** Hears up to when files are removed. */
    private static final class SweptFiles implements Attachments {

        private final List<Date> swept = new ArrayList<>();

        @Override
        public void keep(String flowId, String execution, Map<Integer, File> more) {}

        @Override
        public Optional<File> find(String execution, int number) {
            return Optional.empty();
        }

        @Override
        public void keep(Date from) {
            swept.add(from);
        }
    }

    @Test
    void keepsFilesAsLongAsInputs() {
        sweep();

        assertThat(files.swept).containsExactly(Date.from(NOW.minus(Duration.ofDays(5))));
    }

    private void sweep() {
        sweep(1000);
    }

    private void sweep(long executionsPerFlow) {
        new ExecutionRetention(
                        store,
                        inputs,
                        files,
                        new RetentionProperties(executionsPerFlow, 1),
                        Clock.fixed(NOW, ZoneOffset.UTC))
                .sweep();
    }

    private static Payload large(int number) {
        return new Payload(
                ("\"" + number + "x".repeat(300_000) + "\"").getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private DeliveryRecord delivery(Duration ago) {
        return delivery("f", ago, null);
    }

    private DeliveryRecord delivery(String flow, Duration ago, FailureRecord failure) {
        var at = NOW.minus(ago).toEpochMilli();
        var step = new StepRecord(
                Ids.sha256(ago.toString()),
                "step",
                "message",
                null,
                1,
                failure == null ? StepRecord.Status.COMPLETED : StepRecord.Status.FAILED,
                at,
                5,
                failure == null ? large(1) : null,
                failure == null ? List.of(large(2)) : null,
                false,
                List.of(),
                failure);
        return new DeliveryRecord(
                ids.nextExecution(), flow, "v", "r", "w", "t", "u", "webhook", at, List.of(step), List.of());
    }

    private Execution begun(Duration ago) {
        return begun(delivery(ago));
    }

    private Execution begun(DeliveryRecord delivery) {
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
        store.fetchPayloads(kept, Long.MAX_VALUE);
        assertThat(kept.steps).isEqualTo(young.steps);
        // What lay outside the old one's document is gone as well.
        var spilled = StoredExecution.read(StoredExecution.write(old, null, (_, payload) -> placeOf(payload)));
        store.fetchPayloads(spilled, Long.MAX_VALUE);
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
    void keepsTheNewestThousandErrorsOfAFlowAndShowsNoOthers() {
        var failures = new ArrayList<FailureRecord>();
        var executions = new ArrayList<Execution>();
        var kept = new LinkedHashMap<FailureRecord, DeliveryRecord>();
        for (var n = 0; n < 1003; n++) {
            var failure = failure(Duration.ofSeconds(n));
            var delivery = delivery("f", Duration.ofSeconds(n), failure);
            failures.add(failure);
            kept.put(failure, delivery);
            executions.add(begun(delivery));
        }
        var other = failure(Duration.ofDays(1));
        kept.put(other, delivery("g", Duration.ofDays(1), other));
        inputs.keep(kept);

        sweep(5000);

        var all = failures.stream().map(FailureRecord::id).toList();
        assertThat(inputs.find(all).keySet()).containsExactlyInAnyOrderElementsOf(all.subList(0, 1000));
        assertThat(inputs.find(other.id())).isPresent();
        var shown = store.find(executions.get(999).id).orElseThrow();
        assertThat(shown.errors).containsOnlyKeys(all.get(999));
        var forgotten = store.find(executions.get(1000).id).orElseThrow();
        assertThat(forgotten.errors).isEmpty();
        assertThat(forgotten.status()).isEqualTo(Execution.Status.FAILED);
        assertThat(forgotten.errorCount()).isEqualTo(1);
    }

    @Test
    void keepsTheNewestExecutionsOfAFlow() {
        var executions = new ArrayList<String>();
        for (var n = 0; n < 12; n++) {
            executions.add(begun(Duration.ofMinutes(n)).id);
        }
        var other = begun(delivery("g", Duration.ofDays(1), null)).id;

        sweep(10);

        assertThat(store.load(executions).keySet()).containsExactlyInAnyOrderElementsOf(executions.subList(0, 10));
        assertThat(store.find(other)).isPresent();
    }

    @Test
    void nothingIsLeftOfAFlowThatIsDeleted() {
        var failure = failure(Duration.ZERO);
        var delivery = delivery("f", Duration.ZERO, failure);
        begun(delivery);
        begun(delivery("g", Duration.ZERO, null));
        inputs.keep(Map.of(failure, delivery));

        store.deleteFlow("f");
        inputs.deleteFlow("f");

        var database = client.getDatabase("retention");
        assertThat(database.getCollection("error_inputs").countDocuments()).isZero();
        assertThat(database.getCollection("executions").distinct("f", String.class))
                .containsExactly("g");
        assertThat(database.getCollection("execution_payloads").distinct("f", String.class))
                .containsExactly("g");
    }
}

package dev.weft.execution.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import dev.weft.common.event.Outgoing;
import dev.weft.common.id.Ids;
import dev.weft.execution.errorinbox.MongoErrorInputs;
import dev.weft.execution.execution.Execution;
import dev.weft.execution.execution.Execution.KeptError;
import dev.weft.execution.execution.Execution.Status;
import dev.weft.execution.execution.KeptStep;
import dev.weft.execution.execution.MongoExecutionStore;
import dev.weft.execution.execution.NotedEnds;
import dev.weft.execution.metrics.EngineMetrics;
import dev.weft.execution.record.DeliveryRecord;
import dev.weft.execution.record.DeliveryRecord.AwaitedAnswer;
import dev.weft.execution.record.Payload;
import dev.weft.execution.record.Recorder;
import dev.weft.execution.record.RecorderSpec;
import dev.weft.execution.record.StepRecord;
import dev.weft.execution.record.StepRecord.FailureRecord;
import dev.weft.store.EmbeddedStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;

/** Records in a document store, and what it refuses: a document has 16 MB at most. */
class MongoRecorderIT implements RecorderSpec {

    private static final int TOO_LARGE = 17 * 1024 * 1024;
    private static final Payload SMALL = payload("{\"body\":{\"n\":1},\"headers\":{}}");

    private final Ids ids = new Ids();
    private EmbeddedStore server;
    private MongoClient client;
    private MongoExecutionStore store;
    private MongoErrorInputs inputs;
    private MongoRecorder recorder;
    private final NotedEnds ends = new NotedEnds();
    /** What the writer of heavy records waits for before it asks the store. */
    private volatile CountDownLatch gate = new CountDownLatch(0);

    @BeforeEach
    void start() {
        server = EmbeddedStore.inMemory();
        client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(server.connectionString()))
                .addCommandListener(new CommandListener() {
                    @Override
                    public void commandStarted(CommandStartedEvent event) {
                        if (Thread.currentThread().getName().equals("recorder-heavy")) {
                            passGate();
                        }
                    }
                })
                .build());
        var mongo = new MongoTemplate(new SimpleMongoClientDatabaseFactory(client, "records"));
        store = new MongoExecutionStore(mongo, ids, ends);
        inputs = new MongoErrorInputs(mongo);
        recorder = new MongoRecorder(store, inputs, _ -> {}, _ -> {}, new EngineMetrics(new SimpleMeterRegistry()));
    }

    private void passGate() {
        try {
            var _ = gate.await(2, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() {
        gate.countDown();
        recorder.stop();
        client.close();
        server.close();
    }

    @Override
    public Recorder recorder() {
        return recorder;
    }

    @Override
    public void open() {
        recorder.start();
    }

    private static Payload payload(String json) {
        return new Payload(json.getBytes(StandardCharsets.UTF_8));
    }

    private static StepRecord step(String stepId, List<Payload> outputs, FailureRecord failure) {
        return new StepRecord(
                Ids.sha256(stepId.substring(0, Math.min(10, stepId.length()))),
                stepId,
                "message of " + stepId.length(),
                null,
                1,
                failure == null ? StepRecord.Status.COMPLETED : StepRecord.Status.FAILED,
                10,
                5,
                SMALL,
                outputs,
                false,
                List.of(),
                failure);
    }

    private FailureRecord failure(int frameBytes) {
        return new FailureRecord(
                ids.nextHex32(), "Error", "boom", "at line 1", 12, new byte[frameBytes], Map.of("threadId", "e"));
    }

    private DeliveryRecord delivery(StepRecord... steps) {
        return new DeliveryRecord(
                ids.nextExecution(),
                "flow",
                "version",
                "run",
                "workspace",
                "tenant",
                "user",
                "webhook",
                10,
                List.of(steps),
                List.of());
    }

    private Execution kept(DeliveryRecord delivery) {
        return store.find(delivery.executionId()).orElseThrow();
    }

    @Test
    void doesNotLetAFlowWriteIntoAnExecutionOfAnother() throws Exception {
        recorder.start();
        var own = delivery(step("first", List.of(SMALL), null));
        recorder.record(own).get(60, TimeUnit.SECONDS);

        var alien = new DeliveryRecord(
                own.executionId(),
                "another flow",
                "version",
                "run",
                "workspace",
                "another tenant",
                "user",
                "webhook",
                10,
                List.of(step("alien", List.of(SMALL), null)),
                List.of());
        recorder.record(alien).get(60, TimeUnit.SECONDS);

        assertThat(kept(own).steps().values()).extracting(KeptStep::stepId).containsExactly("first");
    }

    @Test
    void keepsARecordThatIsTooLargeWithoutItsMessagesAndTheOthersWhole() throws Exception {
        var large = failure(TOO_LARGE);
        var small = failure(10);
        var refused = delivery(step("first", List.of(SMALL, SMALL), null), step("last", List.of(), large));
        var fine = delivery(step("last", List.of(), small));
        // Both are waiting when the writer starts, so that they are one batch.
        var written = List.of(recorder.record(refused), recorder.record(fine));

        recorder.start();
        for (var record : written) {
            record.get(60, TimeUnit.SECONDS);
        }

        var execution = kept(refused);
        assertThat(execution.status()).isEqualTo(Status.FAILED);
        assertThat(execution.steps().values()).allMatch(KeptStep::truncated);
        assertThat(execution.steps().values())
                .extracting(step -> new String(step.input().json(), StandardCharsets.UTF_8))
                .containsOnly("{\"body\":{\"$truncated\":true,\"bytes\":29},\"headers\":{}}");
        assertThat(execution.steps().values().iterator().next().outputs()).hasSize(1);
        assertThat(execution.errors().get(large.id()).message()).isEqualTo("boom (The input could not be kept.)");
        assertThat(inputs.find(large.id())).isEmpty();
        assertThat(kept(fine).steps().values().iterator().next().input()).isEqualTo(SMALL);
        assertThat(kept(fine).errors().get(small.id()).message()).isEqualTo("boom");
        assertThat(inputs.find(small.id())).isPresent();
    }

    @Test
    void keepsHardlyMoreThanThatThereWasARecordWhenItIsRefusedEvenWithoutItsMessages() {
        var refused = delivery(step("s".repeat(TOO_LARGE), List.of(SMALL), null));
        recorder.start();

        assertThat(recorder.record(refused)).succeedsWithin(60, TimeUnit.SECONDS);

        assertThat(kept(refused).status())
                .as("it has ended, and says what is wrong")
                .isEqualTo(Status.FAILED);
        assertThat(kept(refused).errors().values()).extracting(KeptError::name).containsExactly("RecordTooLarge");
    }

    @Test
    void failsARecordThatCanNotBeKeptAtAllAndGoesOn() {
        var named = new DeliveryRecord(
                ids.nextExecution(),
                "flow",
                "v".repeat(TOO_LARGE),
                "run",
                "workspace",
                "tenant",
                "user",
                "webhook",
                10,
                List.of(step("first", List.of(), null)),
                List.of());
        var hopeless = recorder.record(named);
        recorder.start();

        assertThat(hopeless).failsWithin(60, TimeUnit.SECONDS);

        var fine = delivery(step("last", List.of(), null));
        assertThat(recorder.record(fine)).succeedsWithin(60, TimeUnit.SECONDS);
        assertThat(kept(fine).status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void aSplittersThousandsOfMessagesHoldUpNobodyElsesRecords() {
        var outputs = IntStream.range(0, 20_000)
                .mapToObj(n -> payload("{\"body\":\"" + n + "x".repeat(200) + "\",\"headers\":{}}"))
                .toList();
        gate = new CountDownLatch(1);
        recorder.start();
        var split = recorder.record(delivery(step("split", outputs, null)));

        for (var n = 0; n < 20; n++) {
            assertThat(recorder.record(delivery(step("other", List.of(SMALL), null))))
                    .succeedsWithin(60, TimeUnit.SECONDS);
        }

        assertThat(split).as("it takes longer than the others").isNotDone();
        gate.countDown();
        assertThat(split).succeedsWithin(60, TimeUnit.SECONDS);
    }

    @Test
    void tellsWhoWaitsOfTheEndOnceAndWithIt() {
        recorder.start();
        var key = Ids.sha256("split");
        var begun = watched(false, child(key));
        assertThat(recorder.record(begun)).succeedsWithin(60, TimeUnit.SECONDS);
        assertThat(ends.told).as("a message is under way").isEmpty();

        var last = of(begun, false, end(key));
        assertThat(recorder.record(last)).succeedsWithin(60, TimeUnit.SECONDS);
        assertThat(recorder.record(last)).succeedsWithin(60, TimeUnit.SECONDS);

        assertThat(ends.told).containsExactly(begun.executionId());
        var stored = kept(begun);
        assertThat(stored.outbox()).as("for a sweep, until it is sent").hasSize(1);
        assertThat(stored.outbox().getFirst().body()).isEqualTo("completed");
    }

    @Test
    void tellsNobodyWhoWasAnsweredOrDoesNotWait() {
        recorder.start();
        var answered = watched(true, step("first", List.of(), null));
        var unwatched = delivery(step("first", List.of(), null));
        var key = Ids.sha256("split");
        var earlier = watched(true, child(key));

        for (var record : List.of(answered, unwatched, earlier, of(earlier, false, end(key)))) {
            assertThat(recorder.record(record)).succeedsWithin(60, TimeUnit.SECONDS);
        }

        assertThat(ends.told).isEmpty();
        assertThat(kept(earlier).status()).isEqualTo(Status.COMPLETED);
        assertThat(kept(unwatched).outbox()).isEmpty();
    }

    @Test
    void tellsWhoWaitsThatAStopHasDroppedIt() {
        recorder.start();
        var begun = watched(false, child(Ids.sha256("split")));
        assertThat(recorder.record(begun)).succeedsWithin(60, TimeUnit.SECONDS);

        store.change(List.of(begun.executionId()), execution -> execution.cancel(20));

        assertThat(ends.told).containsExactly(begun.executionId());
        assertThat(kept(begun).outbox().getFirst().body()).isEqualTo("canceled");
    }

    @Test
    void tellsWhoWatchesWhateverWasAnsweredAndOnce() {
        recorder.start();
        var key = Ids.sha256("split");
        var begun = of(delivery(), true, "apps", child(key));
        assertThat(recorder.record(begun)).succeedsWithin(60, TimeUnit.SECONDS);
        assertThat(ends.told).as("a message is under way").isEmpty();

        for (var record : List.of(of(begun, true, null, end(key)), begun)) {
            assertThat(recorder.record(record)).succeedsWithin(60, TimeUnit.SECONDS);
        }

        assertThat(ends.told).containsExactly(begun.executionId());
        assertThat(kept(begun).outbox()).extracting(Outgoing::key).containsExactly("execution.ended.apps");
    }

    @Test
    void tellsWhoWatchesAndWhoWaitsEachInAWordOfItsOwn() {
        recorder.start();
        var failed = of(delivery(), false, "apps", step("first", List.of(), failure(10)));

        assertThat(recorder.record(failed)).succeedsWithin(60, TimeUnit.SECONDS);

        assertThat(ends.told).containsExactly(failed.executionId());
        assertThat(kept(failed).outbox())
                .extracting(Outgoing::key, Outgoing::body)
                .containsExactly(tuple("execution.ended", "failed"), tuple("execution.ended.apps", "failed"));
    }

    @Test
    void tellsWhoWatchesNothingMoreWhenARetryEndsTheExecutionAgain() {
        recorder.start();
        var failed = of(delivery(), true, "apps", step("first", List.of(), failure(10)));
        assertThat(recorder.record(failed)).succeedsWithin(60, TimeUnit.SECONDS);
        var key = Ids.sha256("retry");
        store.change(List.of(failed.executionId()), execution -> {
            var error = execution.errors().values().iterator().next();
            execution.retry(error, new Execution.Resend(key, error.id(), "first", null, 20), "run");
        });

        assertThat(recorder.record(of(failed, true, "apps", end(key)))).succeedsWithin(60, TimeUnit.SECONDS);

        assertThat(kept(failed).status()).isEqualTo(Status.COMPLETED);
        assertThat(ends.told).containsExactly(failed.executionId());
    }

    @Test
    void keepsWhatIsStillToBeToldOfADeletedFlow() {
        recorder.start();
        var watched = of(delivery(), true, "apps", step("first", List.of(), null));
        var other = delivery(step("first", List.of(), null));
        for (var record : List.of(watched, other)) {
            assertThat(recorder.record(record)).succeedsWithin(60, TimeUnit.SECONDS);
        }

        assertThatIllegalStateException().isThrownBy(() -> store.deleteFlow("flow"));

        assertThat(kept(watched).outbox()).hasSize(1);
        assertThat(store.exists(other.executionId())).isFalse();
        assertThat(ends.told).as("tried once more").containsOnly(watched.executionId());
    }

    private DeliveryRecord watched(boolean answered, StepRecord step) {
        return of(delivery(step), answered, step);
    }

    private static DeliveryRecord of(DeliveryRecord begun, boolean answered, StepRecord step) {
        return of(begun, answered, null, step);
    }

    private static DeliveryRecord of(
            DeliveryRecord begun, boolean answered, @Nullable String watcher, StepRecord step) {
        return new DeliveryRecord(
                begun.executionId(),
                "flow",
                "version",
                "run",
                "workspace",
                "tenant",
                "user",
                "webhook",
                10,
                List.of(step),
                List.of(),
                new AwaitedAnswer("reply.g." + begun.executionId(), answered, false),
                watcher);
    }

    private static StepRecord child(String key) {
        return new StepRecord(
                Ids.sha256("first"),
                "first",
                "m1",
                null,
                1,
                StepRecord.Status.COMPLETED,
                10,
                5,
                SMALL,
                List.of(),
                false,
                List.of(key),
                null);
    }

    private static StepRecord end(String key) {
        return new StepRecord(
                key,
                "last",
                "m2",
                "m1",
                1,
                StepRecord.Status.COMPLETED,
                20,
                5,
                SMALL,
                List.of(),
                false,
                List.of(),
                null);
    }

    @Test
    void keepsMoreMessagesThanADocumentHolds() {
        var outputs = IntStream.range(0, 300)
                .mapToObj(n -> payload("{\"body\":\"" + n + "x".repeat(60_000) + "\",\"headers\":{}}"))
                .toList();
        var split = delivery(step("split", outputs, null));
        recorder.start();

        assertThat(recorder.record(split)).succeedsWithin(60, TimeUnit.SECONDS);

        var execution = kept(split);
        store.fetchPayloads(execution, Long.MAX_VALUE);
        assertThat(execution.steps().values().iterator().next().outputs()).isEqualTo(outputs);
        assertThat(execution.steps().values().iterator().next().truncated()).isFalse();
    }

    @Test
    void readsMessagesThatLieElsewhereAsFarAsTheBytesGo() {
        var outputs = IntStream.range(0, 100)
                .mapToObj(n -> payload("{\"body\":\"" + n + "x".repeat(60_000) + "\",\"headers\":{}}"))
                .toList();
        var split = delivery(step("split", outputs, null));
        recorder.start();
        assertThat(recorder.record(split)).succeedsWithin(60, TimeUnit.SECONDS);

        var execution = kept(split);
        store.fetchPayloads(execution, 1_000_000);

        var read = execution.steps().values().iterator().next();
        assertThat(read.truncated()).isTrue();
        assertThat(read.outputs()).hasSize(100).noneMatch(Payload::isElsewhere);
        var marks = read.outputs().stream().filter(Payload::isMark).toList();
        assertThat(marks).hasSizeBetween(70, 85);
        assertThat(new String(marks.getLast().json(), StandardCharsets.UTF_8))
                .isEqualTo("{\"body\":{\"$truncated\":true,\"bytes\":60026},\"headers\":{}}");
    }
}

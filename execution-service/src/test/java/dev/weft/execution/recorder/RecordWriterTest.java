package dev.weft.execution.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoTimeoutException;
import dev.weft.common.id.Ids;
import dev.weft.execution.metrics.EngineMetrics;
import dev.weft.execution.record.DeliveryRecord;
import dev.weft.execution.record.StepRecord;
import dev.weft.execution.recorder.RecordQueue.Waiting;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever the store does, what is handed over is written or refused, and the writer goes on. */
class RecordWriterTest {

    private final Set<String> written = ConcurrentHashMap.newKeySet();
    private final List<Integer> batches = new CopyOnWriteArrayList<>();
    private volatile Consumer<List<DeliveryRecord>> fault = _ -> {};
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RecordWriter writer = new RecordWriter("records", this::store, new EngineMetrics(meters));

    private void store(List<DeliveryRecord> records) {
        batches.add(records.size());
        fault.accept(records);
        records.forEach(record -> written.add(record.executionId()));
    }

    @AfterEach
    void stop() {
        writer.stop();
    }

    private static DeliveryRecord record(String execution) {
        var step = new StepRecord(
                Ids.sha256(execution),
                "step",
                "m",
                null,
                1,
                StepRecord.Status.COMPLETED,
                10,
                5,
                null,
                null,
                false,
                List.of(),
                null);
        return new DeliveryRecord(
                execution, "flow", "v", "r", "w", "tenant", "u", "webhook", 10, List.of(step), List.of());
    }

    private List<Waiting> add(int count) {
        var added = new ArrayList<Waiting>();
        for (var n = 0; n < count; n++) {
            var waiting = Waiting.of(record("x" + n), 1000);
            writer.add(waiting);
            added.add(waiting);
        }
        return added;
    }

    private static boolean holds(List<DeliveryRecord> records, String execution) {
        return records.stream().anyMatch(record -> record.executionId().equals(execution));
    }

    @Test
    void findsTheOneRecordThatIsRefusedAmongManyAndWritesTheOthers() {
        fault = records -> {
            if (holds(records, "x70")) {
                throw new IllegalArgumentException("no document can be made of it");
            }
        };
        var added = add(100);

        writer.start();

        for (var n = 0; n < 100; n++) {
            if (n != 70) {
                assertThat(added.get(n).written()).succeedsWithin(60, TimeUnit.SECONDS);
            }
        }
        assertThat(added.get(70).written()).failsWithin(60, TimeUnit.SECONDS);
        assertThat(batches).as("halves, not one by one").hasSizeLessThan(30);
        assertThat(meters.counter("weft.records.refused").count()).isPositive();
    }

    @Test
    void writesLessAtATimeWhenMemoryIsShort() {
        fault = records -> {
            if (records.size() > 30) {
                throw new OutOfMemoryError("as if");
            }
        };
        var added = add(100);

        writer.start();

        added.forEach(waiting -> assertThat(waiting.written()).succeedsWithin(60, TimeUnit.SECONDS));
        assertThat(written).hasSize(100);
    }

    @Test
    void aRecordThatNoMemoryCanBeHadForIsRefusedInTheEnd() {
        fault = records -> {
            if (holds(records, "x1")) {
                throw new OutOfMemoryError("as if");
            }
        };
        var added = add(3);

        writer.start();

        assertThat(added.get(1).written()).failsWithin(60, TimeUnit.SECONDS);
        assertThat(added.get(0).written()).succeedsWithin(60, TimeUnit.SECONDS);
        assertThat(added.get(2).written()).succeedsWithin(60, TimeUnit.SECONDS);
    }

    @Test
    void goesOnAfterAnyError() {
        var first = new AtomicBoolean(true);
        fault = _ -> {
            if (first.getAndSet(false)) {
                throw new LinkageError("as if");
            }
        };
        writer.start();

        add(1).forEach(waiting -> assertThat(waiting.written()).succeedsWithin(60, TimeUnit.SECONDS));
        assertThat(writer.isRunning()).isTrue();
    }

    @Test
    void waitsForAStoreThatIsAwayAndTellsForHowLong() {
        var away = new AtomicBoolean(true);
        fault = _ -> {
            if (away.get()) {
                throw new MongoTimeoutException("no server");
            }
        };
        var added = add(5);
        writer.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> writer.oldestSeconds() >= 1);
        assertThat(writer.waiting()).isEqualTo(5);

        away.set(false);

        added.forEach(waiting -> assertThat(waiting.written()).succeedsWithin(60, TimeUnit.SECONDS));
        await().atMost(Duration.ofSeconds(60)).until(() -> writer.waiting() == 0);
        assertThat(writer.oldestSeconds()).isZero();
    }

    @Test
    void tenantsTakeTurns() {
        var queue = new RecordQueue();
        for (var n = 0; n < 1000; n++) {
            queue.add(Waiting.of(of("busy", n), 1000));
        }
        queue.add(Waiting.of(of("quiet", 0), 1000));

        var batch = queue.take(100, Long.MAX_VALUE);

        assertThat(batch).extracting(waiting -> waiting.delivery().tenantId()).contains("quiet");
        assertThat(batch).hasSize(100);
        var inOrder = new AtomicInteger();
        batch.stream()
                .filter(waiting -> waiting.delivery().tenantId().equals("busy"))
                .forEach(waiting ->
                        assertThat(waiting.delivery().executionId()).isEqualTo("x" + inOrder.getAndIncrement()));
        assertThat(queue.size()).isEqualTo(901);
    }

    @Test
    void aBatchIsBoundedByBytesToo() {
        var queue = new RecordQueue();
        for (var n = 0; n < 10; n++) {
            queue.add(Waiting.of(of("t", n), 3_000_000));
        }

        assertThat(queue.take(400, 8_000_000)).hasSize(3);
        assertThat(queue.take(400, 1)).as("one at least").hasSize(1);
    }

    private static DeliveryRecord of(String tenant, int number) {
        return new DeliveryRecord(
                "x" + number, "flow", "v", "r", "w", tenant, "u", "webhook", 10, List.of(), List.of());
    }
}

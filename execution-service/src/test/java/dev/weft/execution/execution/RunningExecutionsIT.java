package dev.weft.execution.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.weft.common.flowmessage.EffectKey;
import dev.weft.common.id.Ids;
import dev.weft.execution.execution.Execution.KeptError;
import dev.weft.execution.execution.Execution.Resend;
import dev.weft.execution.record.DeliveryRecord;
import dev.weft.execution.record.StepRecord;
import dev.weft.store.EmbeddedStore;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;

/** What runs and what waits is found by an index of those alone. */
class RunningExecutionsIT {

    private static final String FLOW = "65a000000000000000000001";
    private static final String OTHER = "65a000000000000000000002";

    private final Ids ids = new Ids();
    private EmbeddedStore server;
    private MongoClient client;
    private MongoExecutionStore store;

    @BeforeEach
    void start() {
        server = EmbeddedStore.inMemory();
        client = MongoClients.create(server.connectionString());
        store = new MongoExecutionStore(
                new MongoTemplate(new SimpleMongoClientDatabaseFactory(client, "running")), ids, new NotedEnds());
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private Execution begun(String flow, String run, StepRecord.Status... attempts) {
        var id = ids.nextExecution();
        var key = EffectKey.kickOff(flow, id);
        Execution execution = null;
        for (var n = 0; n < attempts.length; n++) {
            var children = attempts[n] == StepRecord.Status.REBOUND ? List.of(key + "#" + (n + 2)) : List.<String>of();
            var step = new StepRecord(
                    n == 0 ? key : key + "#" + (n + 1),
                    "call",
                    "m" + n,
                    null,
                    n + 1,
                    attempts[n],
                    10,
                    5,
                    null,
                    null,
                    false,
                    children,
                    null);
            var delivery = new DeliveryRecord(id, flow, "v", run, "w", "t", "u", "timer", 10, List.of(step), List.of());
            execution = execution == null ? Execution.begin(delivery) : execution;
            execution.apply(delivery);
        }
        execution.revision = 1;
        store.insert(List.of(execution));
        return execution;
    }

    @Test
    void thoseOfAFlowAndOfARun() {
        var waiting = begun(FLOW, "r1", StepRecord.Status.REBOUND);
        begun(FLOW, "r1", StepRecord.Status.COMPLETED);
        var newer = begun(FLOW, "r2", StepRecord.Status.REBOUND, StepRecord.Status.REBOUND);
        begun(FLOW, "r3", StepRecord.Status.REBOUND, StepRecord.Status.COMPLETED);
        begun(OTHER, "r4", StepRecord.Status.REBOUND);

        assertThat(store.runningOf(FLOW)).containsExactlyInAnyOrder(waiting.id, newer.id);
        assertThat(store.isRunning(FLOW, "r1")).isTrue();
        assertThat(store.isRunning(FLOW, "r3")).isFalse();
        assertThat(store.waitingRebounds(FLOW)).containsExactly("call", "call");

        store.change(List.of(waiting.id), execution -> execution.cancel(20));

        assertThat(store.runningOf(FLOW)).containsExactly(newer.id);
        assertThat(store.isRunning(FLOW, "r1")).isFalse();
        assertThat(store.waitingRebounds(FLOW)).containsExactly("call");
    }

    @Test
    void anExecutionWithARetryIsFoundByTheRunThatWorksForIt() {
        var failed = begun(FLOW, "r5", StepRecord.Status.COMPLETED);
        store.change(List.of(failed.id), execution -> {
            var error = new KeptError("e1", "call", "m", 10, "Error", "boom", "", false, Execution.ErrorState.OPEN);
            execution.errors.put(error.id(), error);
            execution.retry(error, new Resend("f".repeat(40), "e1", "call", null, 20), "r6");
        });

        assertThat(store.isRunning(FLOW, "r5")).isFalse();
        assertThat(store.isRunning(FLOW, "r6")).isTrue();
        assertThat(store.runningOf(FLOW)).containsExactly(failed.id);
        assertThat(store.load(List.of(failed.id)).get(failed.id).runs).containsExactly("r6");

        store.change(List.of(failed.id), execution -> execution.goesTo("r7"));

        assertThat(store.isRunning(FLOW, "r6")).isTrue();
        assertThat(store.isRunning(FLOW, "r7")).isTrue();
        assertThat(store.runningOf(FLOW)).containsExactly(failed.id);
    }
}

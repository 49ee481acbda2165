package dev.weft.execution.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.flowmessage.FlowNames;
import dev.weft.common.id.Ids;
import dev.weft.execution.HeardEnds;
import dev.weft.execution.StartedService;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.plan.FlowBuilder;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.Planner;
import dev.weft.execution.queue.FlowFrame;
import dev.weft.execution.queue.FlowPublisher;
import dev.weft.execution.queue.KickOffs;
import dev.weft.execution.record.DeliveryRecord;
import dev.weft.execution.topology.FlowTopology;
import dev.weft.execution.worker.Workers;
import dev.weft.store.EmbeddedStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.mongodb.core.MongoTemplate;

/** Who watches an execution hears of its end, over a broker and a store. */
class WatchedExecutionsIT {

    private static EmbeddedStore store;
    private static ConfigurableApplicationContext service;
    private static HeardEnds heard;

    @BeforeAll
    static void start() throws Exception {
        store = EmbeddedStore.inMemory();
        service = StartedService.over(store);
        heard = new HeardEnds(service, "execution.ended.#");
    }

    @AfterAll
    static void stop() throws Exception {
        heard.close();
        service.close();
        store.close();
    }

    private static Plan opened(FlowBuilder flow) {
        var plan = service.getBean(Planner.class)
                .plan(flow.build(), service.getBean(Ids.class).nextHex32());
        service.getBean(FlowTopology.class).declare(plan);
        service.getBean(Workers.class).open(plan);
        return plan;
    }

    private static void closed(Plan plan) {
        service.getBean(Workers.class).close(plan.runId());
        service.getBean(FlowTopology.class).delete(plan.queueNames());
    }

    private static FlowBuilder hookAnd(String step, String command, Map<String, Object> fields) {
        return FlowBuilder.aFlow(service.getBean(Ids.class).next())
                .step("hook", "weft/webhook:receive")
                .step(step, command, fields)
                .edge("hook", step);
    }

    private static String fire(Plan plan, Map<String, Object> more) {
        var id = service.getBean(Ids.class).nextExecution();
        var frame = service.getBean(KickOffs.class)
                .fire(plan, id, "call", id, StepMessage.of(Map.of("pin", "a secret of the message")));
        var headers = new HashMap<>(frame.headers());
        headers.putAll(more);
        service.getBean(FlowPublisher.class).publishAndWait(FlowFrame.to(frame.key(), headers, frame.body()));
        return id;
    }

    @Test
    void hearsOfOneWhoseCallerWasAnsweredAndNothingOfOneThatNobodyWatches() {
        var plan = opened(hookAnd("answer", "weft/http:reply", Map.of()));
        try {
            var reply = Map.<String, Object>of(FlowHeaders.REPLY_TO, FlowNames.reply("g", "e"));
            var unwatched = fire(plan, reply);
            var more = new HashMap<>(reply);
            more.put(FlowHeaders.WATCH, "tester");
            var watched = fire(plan, more);

            await().until(() -> heard.isTold(watched));
            assertThat(heard.of(watched)).singleElement().satisfies(fact -> {
                assertThat(fact.type()).isEqualTo("execution.ended");
                assertThat(fact.tenantId()).isEqualTo(plan.flow().tenantId());
                assertThat(fact.workspaceId()).isEqualTo(plan.flow().workspaceId());
                assertThat(fact.payload())
                        .containsOnlyKeys("status", "flow", "started_at", "finished_at")
                        .contains(
                                entry("status", "completed"),
                                entry("flow", plan.flow().id()));
                assertThat(Instant.parse(fact.payload().get("finished_at").toString()))
                        .isAfterOrEqualTo(
                                Instant.parse(fact.payload().get("started_at").toString()));
            });
            assertThat(heard.of(unwatched)).isEmpty();
        } finally {
            closed(plan);
        }
    }

    @Test
    void hearsOfAFailureByItsKindAndNoWordOfIt() {
        var plan = opened(hookAnd("map", "weft/mapper:map", Map.of("expression", "$error(pin)")));
        try {
            var watched = fire(plan, Map.of(FlowHeaders.WATCH, "tester"));

            await().until(() -> heard.isTold(watched));
            assertThat(heard.of(watched)).singleElement().satisfies(fact -> {
                assertThat(fact.payload())
                        .containsEntry("status", "failed")
                        .extractingByKey("error")
                        .isEqualTo(Map.of("kind", "JSONataError", "step", "map"));
                assertThat(fact.payload().toString()).doesNotContain("secret");
            });
        } finally {
            closed(plan);
        }
    }

    @Test
    void hearsOfOneWhoseProcessDiedBeforeItCouldTell() {
        var ids = service.getBean(Ids.class);
        var dying = new MongoExecutionStore(service.getBean(MongoTemplate.class), ids, new UntoldEnds(service));
        var record = new DeliveryRecord(
                ids.nextExecution(),
                ids.next(),
                "v",
                "r",
                "w",
                "t",
                "u",
                "call",
                1,
                List.of(),
                List.of(),
                null,
                "tester");
        var ended = Execution.begin(record);
        ended.apply(record);
        dying.insert(List.of(ended));
        assertThat(heard.isTold(record.executionId())).isFalse();

        await().until(() -> heard.isTold(record.executionId()));
    }
}

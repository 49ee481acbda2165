package dev.weft.execution.hop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.common.broker.Settling;
import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.flowmessage.FlowNames;
import dev.weft.common.flowmessage.KickOffHeaders;
import dev.weft.common.flowmessage.MessageCipher;
import dev.weft.common.id.Ids;
import dev.weft.execution.budget.DeliveryProperties;
import dev.weft.execution.jsonata.StandaloneExpressions;
import dev.weft.execution.mapping.EvaluationContext;
import dev.weft.execution.mapping.Expression;
import dev.weft.execution.mapping.Expressions;
import dev.weft.execution.message.CarriedSeal;
import dev.weft.execution.message.MessageEnvelope;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.metrics.EngineMetrics;
import dev.weft.execution.plan.FlowBuilder;
import dev.weft.execution.plan.LogLevel;
import dev.weft.execution.plan.PathExpressions;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.Planner;
import dev.weft.execution.plan.TestBuiltin;
import dev.weft.execution.queue.Delivery;
import dev.weft.execution.queue.FlowFrame;
import dev.weft.execution.queue.FlowPublisher;
import dev.weft.execution.queue.KickOffs;
import dev.weft.execution.queue.PublishFailure;
import dev.weft.execution.record.DeliveryRecord;
import dev.weft.execution.record.DeliveryRecord.AwaitedAnswer;
import dev.weft.execution.record.DeliveryRecord.LogLine;
import dev.weft.execution.record.Payload;
import dev.weft.execution.record.StepRecord;
import dev.weft.execution.record.StepRecord.Status;
import dev.weft.execution.sandbox.Sandbox;
import dev.weft.execution.settling.ConfirmRound;
import dev.weft.execution.step.Builtin;
import dev.weft.execution.step.Outcome;
import dev.weft.execution.step.StepFailure;
import dev.weft.execution.step.StepUnavailable;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** What a delivery comes to, with a publisher that only listens. */
class HopTest {

    private static final String RUN = "0123456789abcdef0123456789abcdef";
    private static final String EXECUTION = "00000000000000000000000000000001";

    private final Ids ids = new Ids();
    private final CollectingRecorder recorder = new CollectingRecorder();
    private final List<FlowFrame> published = new ArrayList<>();
    private final Settlings settlings = new Settlings();
    private DeliveryProperties limits = new DeliveryProperties(50_000, DataSize.ofMegabytes(64));
    private byte[] sent;
    private final Map<String, WorkedRun> runs = new HashMap<>();
    private CompletableFuture<Void> confirm = CompletableFuture.completedFuture(null);

    private static final class Settlings implements Settling {
        int acknowledged;

        @Override
        public void acknowledge(long tag) {
            acknowledged++;
        }

        @Override
        public void requeue(long tag) {
            throw new AssertionError("Nothing is given back.");
        }

        @Override
        public boolean isOpen() {
            return true;
        }
    }

    private Plan plan(FlowBuilder flow, List<Builtin> builtins) {
        return new Planner(builtins, new PathExpressions()).plan(flow.build(), RUN);
    }

    /** Whose messages may be begun for a second. */
    private static Plan shortPlan(FlowBuilder flow, List<Builtin> builtins) {
        return new Planner(builtins, new PathExpressions(Duration.ofSeconds(1))).plan(flow.build(), RUN);
    }

    private void travel(Plan plan, Map<String, Object> body, Map<String, Object> headers) {
        var flow = plan.flow();
        var kickOff = new KickOffHeaders(
                "m1",
                EXECUTION,
                flow.id(),
                RUN,
                flow.workspaceId(),
                flow.userId(),
                plan.entryStep().id(),
                "webhook",
                Ids.sha1("k1"),
                1,
                null,
                null);
        var all = new HashMap<>(kickOff.written());
        all.putAll(headers);
        sent = TestTools.CODEC.encode(StepMessage.of(body));
        travel(plan, new Delivery(plan.entryQueue(), plan.entryQueue(), all, sent, 1, 0, settlings));
    }

    private void travel(Plan plan, Delivery delivery) {
        FlowPublisher publisher = frame -> {
            published.add(frame);
            return confirm;
        };
        var metrics = new EngineMetrics(new SimpleMeterRegistry());
        var tools = TestTools.of(null, null, publisher, recorder, ids, metrics, limits);
        var source = new SilentSource();
        new Hop(
                        tools,
                        runs.computeIfAbsent(plan.runId() + plan.hashCode(), _ -> new WorkedRun(plan)),
                        delivery,
                        new ConfirmRound(publisher, delivery, source, Clock.systemUTC()))
                .travel();
    }

    private static FlowBuilder hookAnd(String step, String command) {
        return FlowBuilder.aFlow().step("hook", "weft/webhook:receive").step(step, command);
    }

    @SuppressWarnings("unchecked") // a message is an object
    private static Map<String, Object> read(Payload shown) {
        return JsonMapper.builder().build().readValue(shown.json(), Map.class);
    }

    private static Object bodyOf(FlowFrame frame) {
        return TestTools.CODEC.decode(frame.body(), 2).body();
    }

    @Test
    void worksInTheNameOfItsTenant() {
        var seen = new ArrayList<String>();
        var plan = plan(
                hookAnd("map", "weft/mapper:map").edge("hook", "map"), TestBuiltin.usualBut("weft/mapper:map", _ -> {
                    seen.add(Sandbox.TENANT.orElse("nobody"));
                    return List.of();
                }));

        travel(plan, Map.of(), Map.of());

        assertThat(seen).containsExactly(plan.flow().tenantId());
    }

    @Test
    void asksTheEdgesBehindASailorInTheNameOfItsTenantToo() {
        var seen = new ArrayList<String>();
        var paths = new PathExpressions();
        var plan = new Planner(TestBuiltin.usual(), new Expressions() {
                    @Override
                    public Duration longest() {
                        return paths.longest();
                    }

                    @Override
                    public Expression compile(String text) {
                        return paths.compile(text);
                    }

                    @Override
                    public Expression compileValue(Object field) {
                        return new Expression() {
                            @Override
                            public Object evaluate(EvaluationContext context) {
                                seen.add(Sandbox.TENANT.orElse("nobody") + " "
                                        + Expressions.WORK.get().flowId());
                                return paths.compileValue(field).evaluate(context);
                            }

                            @Override
                            public Optional<Set<String>> passthroughNames() {
                                return paths.compileValue(field).passthroughNames();
                            }
                        };
                    }
                })
                .plan(
                        hookAnd("act", "acme/probe:act")
                                .step("map", "weft/mapper:map")
                                .edge("hook", "act")
                                .edge("act", "map", Map.of("m", "n"), null)
                                .build(),
                        RUN);
        var flow = plan.flow();
        var headers = new MessageEnvelope(
                        "m1", null, EXECUTION, "hook", "act", "a".repeat(40), 0, 0, null, "webhook", 1, 2, Map.of())
                .sailorHeaders(plan.headers(), flow.id(), new CarriedSeal("a secret"));
        // A sailor hands on the metadata alone.
        headers.keySet().removeIf(name -> name.startsWith("x-weft-"));
        headers.putAll(
                Map.of(FlowHeaders.MESSAGE_ID, "f1", FlowHeaders.PARENT_MESSAGE_ID, "m1", FlowHeaders.STEP_ID, "act"));
        var body = TestTools.CODEC.encode(StepMessage.of(Map.of("n", 5)));
        var key = FlowNames.key(flow.id(), "act", RUN, "message");

        travel(plan, new Delivery(plan.queueOf("act"), key, headers, body, 1, 0, settlings));

        assertThat(seen).containsOnly(flow.tenantId() + " " + flow.id());
        assertThat(recorder.steps("map"))
                .singleElement()
                .satisfies(step -> assertThat(read(step.input())).containsEntry("body", Map.of("m", 5)));
        assertThat(settlings.acknowledged).isEqualTo(1);
    }

    /** Virtual threads that only compute, as many as carriers, would keep all others waiting until they end. */
    @Test
    void manyMessagesOfADeliveryLetOtherThreadsGoFirst() throws Exception {
        var carriers = Runtime.getRuntime().availableProcessors();
        var begun = new CountDownLatch(carriers);
        var othersCame = new CountDownLatch(1);
        var plan = plan(
                FlowBuilder.aFlow()
                        .step("hook", "weft/webhook:receive")
                        .step("split", "weft/splitter:split")
                        .step("map", "weft/mapper:map")
                        .edge("hook", "split")
                        .edge("split", "map"),
                TestBuiltin.usualBut("weft/mapper:map", _ -> {
                    begun.countDown();
                    compute(Duration.ofMillis(5));
                    return List.of();
                }));
        var last = new AtomicBoolean();
        var hops = IntStream.range(0, carriers)
                .mapToObj(_ -> Thread.ofVirtual().start(() -> {
                    new HopTest().travel(plan, Map.of("xs", Collections.nCopies(100, Map.of())), Map.of());
                    last.compareAndSet(false, othersCame.getCount() > 0);
                }))
                .toList();
        begun.await();
        Thread.ofVirtual().start(othersCame::countDown);
        for (var hop : hops) {
            hop.join();
        }

        assertThat(last).as("a hop ended before another thread had its turn").isFalse();
    }

    private static void compute(Duration time) {
        var end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    @Test
    void closesWhatAStepKeepsWhenAllThatCameOfItHasGoneOn() {
        var kept = new ArrayList<String>();
        var seen = new ArrayList<List<String>>();
        var plan = plan(
                hookAnd("first", "weft/mapper:map")
                        .step("second", "weft/mapper:map")
                        .edge("hook", "first")
                        .edge("first", "second"),
                TestBuiltin.usualBut("weft/mapper:map", input -> {
                    seen.add(List.copyOf(kept));
                    input.keeping().keep(() -> kept.add("closed"));
                    input.keeping().keep(() -> {
                        throw new IllegalStateException("This one can not be closed.");
                    });
                    return List.of(new Outcome.Data(input.message()));
                }));

        travel(plan, Map.of(), Map.of());

        assertThat(seen).containsExactly(List.of(), List.of());
        assertThat(kept).containsExactly("closed", "closed");
        assertThat(settlings.acknowledged).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"timer", "manual"})
    void dropsAFiringThatIsKnownButNotOneThatComesBackFromAWait(String trigger) {
        var plan = plan(hookAnd("map", "weft/mapper:map").edge("hook", "map"), TestBuiltin.usual());
        var headers = Map.<String, Object>of(FlowHeaders.TRIGGER, trigger);

        travel(plan, Map.of("n", 5), headers);
        travel(plan, Map.of("n", 5), headers);
        assertThat(recorder.steps("hook")).hasSize(1);
        assertThat(settlings.acknowledged).isEqualTo(2);

        travel(plan, Map.of("n", 5), Map.of(FlowHeaders.TRIGGER, trigger, FlowHeaders.REBOUND_ITERATION, 1));
        assertThat(recorder.steps("hook")).hasSize(2);
    }

    @Test
    void letsAFiringWaitOfWhichAnotherDeliveryIsInWorkAndDropsItThen() {
        var works = new ArrayList<String>();
        var plans = new ArrayList<Plan>();
        var headers = Map.<String, Object>of(FlowHeaders.TRIGGER, "timer");
        plans.add(plan(
                hookAnd("map", "weft/mapper:map").edge("hook", "map"), TestBuiltin.usualBut("weft/mapper:map", _ -> {
                    works.add("begun");
                    // Not acknowledged: the other may be one that the broker has taken back meanwhile.
                    assertThatThrownBy(() -> travel(plans.getFirst(), Map.of("n", 5), headers))
                            .isInstanceOf(StepUnavailable.class);
                    return List.of();
                })));

        travel(plans.getFirst(), Map.of("n", 5), headers);
        assertThat(works).hasSize(1);
        assertThat(settlings.acknowledged).isEqualTo(1);

        travel(plans.getFirst(), Map.of("n", 5), headers);
        assertThat(works).hasSize(1);
        assertThat(settlings.acknowledged).isEqualTo(2);
        assertThat(recorder.steps("map")).hasSize(1);
    }

    @Test
    void marksAPersonsRetry() {
        var plan = plan(hookAnd("map", "weft/mapper:map").edge("hook", "map"), TestBuiltin.usual());

        var frame = new KickOffs(TestTools.CODEC, ids, Clock.systemUTC())
                .again(plan, "map", Map.of(FlowHeaders.MESSAGE_ID, "m1"), new byte[0], "k2");

        assertThat(frame.headers()).containsEntry("retry", 1).containsEntry(FlowHeaders.PARENT_MESSAGE_ID, "m1");
    }

    @Test
    void doesInlineStepsAtOnceAndPublishesNothing() {
        var plan = plan(
                hookAnd("map", "weft/mapper:map").edge("hook", "map", Map.of("m", "n"), null), TestBuiltin.usual());

        travel(plan, Map.of("n", 5), Map.of());

        assertThat(published).isEmpty();
        assertThat(settlings.acknowledged).isEqualTo(1);
        var map = recorder.steps("map").getFirst();
        assertThat(read(map.input())).isEqualTo(Map.of("body", Map.of("m", 5), "headers", Map.of()));
        assertThat(map.parentMessageId()).isEqualTo("m1");
        assertThat(recorder.steps("hook").getFirst().children()).containsExactly(map.key());
    }

    @Test
    void recordsTheSameMessageOfTwoStepsOnce() {
        var plan = plan(hookAnd("map", "weft/mapper:map").edge("hook", "map"), TestBuiltin.usual());

        travel(plan, Map.of("n", 5), Map.of());

        assertThat(recorder.steps("map").getFirst().input())
                .isSameAs(recorder.steps("hook").getFirst().outputs().getFirst());
    }

    @Test
    void sendsABranchToEachQueueAndAcknowledgesWhenAllIsSafe() {
        confirm = new CompletableFuture<>();
        var plan = plan(
                hookAnd("left", "weft/http:request")
                        .step("right", "weft/http:request")
                        .edge("hook", "left", Map.of("l", "n"), null)
                        .edge("hook", "right", Map.of("r", "n"), null),
                TestBuiltin.usual());

        travel(plan, Map.of("n", 5), Map.of("x-eio-meta-who", "me"));

        assertThat(published).extracting(FlowFrame::key).containsExactly(plan.queueOf("left"), plan.queueOf("right"));
        assertThat(published).extracting(HopTest::bodyOf).containsExactly(Map.of("l", 5), Map.of("r", 5));
        assertThat(published)
                .allSatisfy(frame -> assertThat(frame.headers())
                        .containsEntry("x-eio-meta-who", "me")
                        .containsEntry(FlowHeaders.THREAD_ID, EXECUTION)
                        .containsEntry(FlowHeaders.STEP_ID, "hook")
                        .containsEntry(FlowHeaders.PARENT_MESSAGE_ID, "m1"));
        assertThat(settlings.acknowledged).isZero();
        confirm.complete(null);
        assertThat(settlings.acknowledged).isEqualTo(1);
    }

    @Test
    void givesTheSameMessageTheSameEffectKeysWhenItComesAgain() {
        var plan = plan(
                hookAnd("split", "weft/splitter:split")
                        .step("out", "weft/http:request")
                        .edge("hook", "split")
                        .edge("split", "out"),
                TestBuiltin.usual());
        var body = Map.<String, Object>of("xs", List.of(Map.of("n", 1), Map.of("n", 2)));

        travel(plan, body, Map.of());
        travel(plan, body, Map.of());

        var keys = published.stream()
                .map(frame -> frame.headers().get(FlowHeaders.EFFECT))
                .toList();
        assertThat(keys.subList(0, 2)).isEqualTo(keys.subList(2, 4)).doesNotHaveDuplicates();
        assertThat(published)
                .extracting(frame -> frame.headers().get(FlowHeaders.MESSAGE_ID))
                .doesNotHaveDuplicates();
    }

    @Test
    void asksAConditionBeforeMapping() {
        var plan = plan(
                hookAnd("map", "weft/mapper:map").edge("hook", "map", Map.of("go", "n"), "go"), TestBuiltin.usual());

        travel(plan, Map.of("n", true, "go", false), Map.of());

        assertThat(recorder.steps("map")).isEmpty();
        assertThat(recorder.steps("hook").getFirst().children()).isEmpty();
    }

    @Test
    void blamesTheTargetForAFaultOfItsEdgeAndGoesOnWithTheOthers() {
        var plan = plan(
                hookAnd("bad", "weft/mapper:map")
                        .step("good", "weft/mapper:map")
                        .edge("hook", "bad", Map.of("x", "n"), "fail")
                        .edge("hook", "good"),
                TestBuiltin.usual());

        travel(plan, Map.of("n", 5), Map.of());

        var bad = recorder.steps("bad").getFirst();
        assertThat(bad.status()).isEqualTo(Status.FAILED);
        assertThat(TestTools.CODEC.decode(bad.failure().frame(), 2).body()).isEqualTo(Map.of("n", 5));
        assertThat(bad.failure().headers())
                .containsEntry(FlowHeaders.TARGET, "bad")
                .containsEntry(FlowHeaders.EDGE, "hook>bad");
        assertThat(recorder.steps("good")).hasSize(1);
        assertThat(recorder.steps("hook").getFirst().children()).contains(bad.key());
        assertThat(recorder.logs())
                .extracting(line -> line.level() + line.message())
                .containsExactly("50told to fail");
    }

    @Test
    void endsLayersOfStepsThatEachMultiplyMessagesWithOneErrorThatTheHandlerHears() {
        limits = new DeliveryProperties(100, DataSize.ofMegabytes(1));
        var flow = hookAnd("l0a", "weft/mapper:map").step("l0b", "weft/mapper:map");
        flow.edge("hook", "l0a").edge("hook", "l0b");
        for (var layer = 1; layer <= 8; layer++) {
            flow.step("l" + layer + "a", "weft/mapper:map").step("l" + layer + "b", "weft/mapper:map");
            for (var from : List.of("a", "b")) {
                flow.edge("l" + (layer - 1) + from, "l" + layer + "a");
                flow.edge("l" + (layer - 1) + from, "l" + layer + "b");
            }
        }
        flow.handler("handler", "weft/mapper:map");
        var plan = plan(flow, TestBuiltin.usual());

        travel(plan, Map.of("n", 5), Map.of());

        var all = recorder.steps();
        assertThat(all).hasSizeLessThan(110);
        assertThat(all)
                .filteredOn(step -> step.failure() != null)
                .singleElement()
                .satisfies(step -> assertThat(step.failure().name()).isEqualTo("DeliveryTooLarge"));
        assertThat(recorder.steps("handler"))
                .singleElement()
                .satisfies(step -> assertThat(step.status()).isEqualTo(Status.COMPLETED));
        assertThat(all)
                .as("each message that was made has its end")
                .extracting(StepRecord::key)
                .containsAll(
                        all.stream().flatMap(step -> step.children().stream()).toList());
        assertThat(settlings.acknowledged).isEqualTo(1);
    }

    @Test
    void showsNoMoreMessagesOfStepsThatAreNotBegunThanAnExecutionKeeps() {
        limits = new DeliveryProperties(1500, DataSize.ofMegabytes(10));
        var flow = hookAnd("split", "weft/splitter:split").step("map", "weft/mapper:map");
        var plan = plan(flow.edge("hook", "split").edge("split", "map"), TestBuiltin.usual());
        var elements = IntStream.range(0, 1600).mapToObj(n -> Map.of("n", n)).toList();

        travel(plan, Map.of("xs", elements), Map.of());

        assertThat(recorder.steps("map"))
                .hasSizeBetween(1490, 1500)
                .allSatisfy(step -> assertThat(step.status()).isEqualTo(Status.FAILED))
                .filteredOn(step -> step.input() != null)
                .hasSize(1000);
        assertThat(settlings.acknowledged).isEqualTo(1);
    }

    @Test
    void looksAtNoMoreOfAMessageThatNamesItsPartsManyTimesThanItMayBeLong() {
        limits = new DeliveryProperties(1000, DataSize.ofMegabytes(1));
        var flow = hookAnd("d0", "weft/mapper:map").edge("hook", "d0");
        for (var n = 1; n <= 60; n++) {
            flow.step("d" + n, "weft/mapper:map").edge("d" + (n - 1), "d" + n);
        }
        var plan = plan(
                flow,
                TestBuiltin.usualBut(
                        "weft/mapper:map",
                        input -> List.of(new Outcome.Data(input.message()
                                .withBody(Map.of(
                                        "a",
                                        input.message().body(),
                                        "b",
                                        input.message().body()))))));

        travel(plan, Map.of("n", 5), Map.of());

        assertThat(recorder.steps())
                .filteredOn(step -> step.failure() != null)
                .singleElement()
                .satisfies(step -> assertThat(step.failure().message()).contains("1048576 bytes"));
    }

    @Test
    void countsALargeBodyThatPassesThroughManyStepsOnce() {
        limits = new DeliveryProperties(1000, DataSize.ofMegabytes(1));
        var flow = hookAnd("s0", "weft/mapper:map").edge("hook", "s0");
        for (var n = 1; n <= 20; n++) {
            flow.step("s" + n, "weft/mapper:map").edge("s" + (n - 1), "s" + n);
        }
        var plan = plan(flow, TestBuiltin.usual());

        travel(plan, Map.of("text", "x".repeat(900_000)), Map.of());

        assertThat(recorder.steps())
                .hasSize(22)
                .allSatisfy(step -> assertThat(step.failure()).isNull());
    }

    /** Each by itself is modest; they would all be there at the same time. */
    @Test
    void endsAMappingOfManyExpressionsThatMakesMoreThanADeliveryMay() {
        limits = new DeliveryProperties(1000, DataSize.ofMegabytes(1));
        var mapper = new LinkedHashMap<String, Object>();
        for (var n = 0; n < 60; n++) {
            mapper.put("m" + n, "t & " + n);
        }
        var flow = hookAnd("mapped", "weft/mapper:map").edge("hook", "mapped", mapper, null);
        flow.handler("handler", "weft/mapper:map");

        withRealExpressions(flow, Map.of("t", "x".repeat(50_000)));

        assertThat(recorder.steps())
                .filteredOn(step -> step.failure() != null)
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.stepId()).isEqualTo("mapped");
                    assertThat(step.failure().name()).isEqualTo("DeliveryTooLarge");
                    assertThat(step.failure().message()).contains("1048576 bytes");
                });
        assertThat(recorder.steps("handler")).hasSize(1);
        assertThat(settlings.acknowledged).isEqualTo(1);
    }

    @Test
    void countsWhatMappingsMakeOfEachMessageByItselfAndWhatTheyHandOnNotAtAll() {
        limits = new DeliveryProperties(1000, DataSize.ofMegabytes(1));
        var flow = hookAnd("split", "weft/splitter:split")
                .step("s0", "weft/mapper:map")
                .edge("hook", "split")
                .edge("split", "s0", Map.of("n", "n", "t", "t & n"), null);
        for (var n = 1; n <= 10; n++) {
            flow.step("s" + n, "weft/mapper:map")
                    .edge("s" + (n - 1), "s" + n, Map.of("n", "n", "t", "t & n", "same", "t"), null);
        }

        withRealExpressions(flow, Map.of("xs", Collections.nCopies(5, Map.of("n", 1, "t", "x".repeat(50_000)))));

        assertThat(recorder.steps())
                .allSatisfy(step -> assertThat(step.failure()).isNull());
        assertThat(recorder.steps("s10")).hasSize(5);
    }

    private void withRealExpressions(FlowBuilder flow, Map<String, Object> body) {
        try (var real = new StandaloneExpressions()) {
            var plan = new Planner(TestBuiltin.usual(), real.expressions()).plan(flow.build(), RUN);
            travel(plan, body, Map.of());
        }
    }

    @Test
    void countsWhatASplitterHandsOnToQueuesWithAllThatLiesBehindIt() {
        limits = new DeliveryProperties(1000, DataSize.ofMegabytes(1));
        var plan = plan(
                hookAnd("split", "weft/splitter:split")
                        .step("out", "weft/code:execute")
                        .edge("hook", "split")
                        .edge("split", "out"),
                TestBuiltin.usual());

        travel(plan, Map.of("pad", "x".repeat(100_000), "xs", Collections.nCopies(50, Map.of("n", 1))), Map.of());

        assertThat(published).hasSizeBetween(1, 12);
        var split = recorder.steps("split").getFirst();
        assertThat(split.failure().name()).isEqualTo("DeliveryTooLarge");
        assertThat(split.children()).hasSameSizeAs(published);
    }

    @Test
    void endsWorkThatTakesLongerThanItsQueueMayWithOneErrorThatTheHandlerHears() {
        var plan = shortPlan(
                hookAnd("split", "weft/splitter:split")
                        .step("map", "weft/mapper:map")
                        .step("last", "weft/mapper:map")
                        .edge("hook", "split")
                        .edge("split", "map")
                        .edge("map", "last")
                        .handler("handler", "weft/http:reply"),
                TestBuiltin.usualBut("weft/mapper:map", input -> {
                    LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
                    return List.of(new Outcome.Data(input.message()));
                }));

        travel(plan, Map.of("xs", Collections.nCopies(100, Map.of("n", 1))), Map.of());

        var all = recorder.steps();
        assertThat(all)
                .filteredOn(step -> step.failure() != null)
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.stepId()).isEqualTo("map");
                    assertThat(step.failure().name()).isEqualTo("DeliveryTooLong");
                });
        assertThat(recorder.steps("map"))
                .as("what was begun, and each of the others as left undone")
                .hasSize(100)
                .anyMatch(step -> step.status() == Status.COMPLETED);
        assertThat(recorder.steps("handler"))
                .singleElement()
                .satisfies(step -> assertThat(step.status()).isEqualTo(Status.COMPLETED));
        assertThat(all)
                .as("each message that was made has its end")
                .extracting(StepRecord::key)
                .containsAll(
                        all.stream().flatMap(step -> step.children().stream()).toList());
        assertThat(settlings.acknowledged).isEqualTo(1);
    }

    @Test
    void endsAStepThatGoesOnMakingMessagesForLongerThanItsQueueMay() {
        var slowly = new AbstractList<Outcome>() {
            @Override
            public Outcome get(int index) {
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
                return new Outcome.Data(StepMessage.of(Map.of("n", index)));
            }

            @Override
            public int size() {
                return 100;
            }
        };
        var plan = shortPlan(
                hookAnd("map", "weft/mapper:map")
                        .step("out", "weft/http:reply")
                        .edge("hook", "map")
                        .edge("map", "out"),
                TestBuiltin.usualBut("weft/mapper:map", _ -> slowly));

        travel(plan, Map.of(), Map.of());

        var map = recorder.steps("map").getFirst();
        assertThat(map.failure().name()).isEqualTo("DeliveryTooLong");
        assertThat(map.children()).hasSizeBetween(1, 50).hasSameSizeAs(recorder.steps("out"));
        assertThat(recorder.steps("out")).allMatch(step -> step.status() == Status.FAILED && step.failure() == null);
        assertThat(settlings.acknowledged).isEqualTo(1);
    }

    private static Map<String, Object> retryAt(String edge) {
        return Map.of(FlowHeaders.STEP_ID, "hook", FlowHeaders.TARGET, "map", FlowHeaders.EDGE, edge);
    }

    @Test
    void aRetryOfAnEdgesFaultIsAskedAndMappedByTheEdgeAsItIsNow() {
        var plan = plan(
                hookAnd("map", "weft/mapper:map")
                        .step("out", "weft/http:request")
                        .edge("hook", "map", Map.of("m", "n", "own", "elasticio.hook.body.n"), "go")
                        .step("other", "weft/http:request")
                        .edge("map", "out")
                        .edge("map", "other"),
                TestBuiltin.usual());

        travel(plan, Map.of("n", 5, "go", true), retryAt("hook>map"));

        assertThat(recorder.steps("hook")).isEmpty();
        var map = recorder.steps("map").getFirst();
        assertThat(read(map.input())).containsEntry("body", Map.of("m", 5, "own", 5));
        assertThat(map.key()).isEqualTo(Ids.sha1("k1"));
        assertThat(map.messageId()).isEqualTo("m1");
        assertThat(published)
                .extracting(HopTest::bodyOf)
                .containsExactly(Map.of("m", 5, "own", 5), Map.of("m", 5, "own", 5));
        assertThat(published).allSatisfy(frame -> assertThat(frame.headers()).doesNotContainKey(FlowHeaders.EDGE));
    }

    @Test
    void aRetryOfAnEdgesFaultEndsAtAClosedEdge() {
        var plan = plan(
                hookAnd("map", "weft/mapper:map").edge("hook", "map", Map.of("m", "n"), "go"), TestBuiltin.usual());

        travel(plan, Map.of("n", 5, "go", false), retryAt("hook>map"));

        assertThat(recorder.steps()).extracting(record -> record.status()).containsExactly(Status.FILTERED);
        assertThat(recorder.steps("map").getFirst().key()).isEqualTo(Ids.sha1("k1"));
        assertThat(settlings.acknowledged).isEqualTo(1);
    }

    @Test
    void aRetryOfAnEdgesFaultThatFailsAgainIsANewErrorThatCanBeRetriedAlike() {
        var failing = plan(
                hookAnd("map", "weft/mapper:map").edge("hook", "map", Map.of("m", "fail"), null), TestBuiltin.usual());
        var gone = plan(hookAnd("map", "weft/mapper:map").edge("hook", "map"), TestBuiltin.usual());

        travel(failing, Map.of("n", 5), retryAt("hook>map"));
        travel(gone, Map.of("n", 5), retryAt("other>map"));

        assertThat(recorder.steps()).hasSize(2).allSatisfy(record -> {
            assertThat(record.stepId()).isEqualTo("map");
            assertThat(record.status()).isEqualTo(Status.FAILED);
            assertThat(TestTools.CODEC.decode(record.failure().frame(), 2).body())
                    .isEqualTo(Map.of("n", 5));
        });
        assertThat(recorder.steps())
                .extracting(record -> record.failure().name())
                .containsExactly("ExpressionFault", "Undeliverable");
        assertThat(recorder.steps())
                .extracting(record -> record.failure().headers().get(FlowHeaders.EDGE))
                .containsExactly("hook>map", "other>map");
    }

    @Test
    void carriesTheOutputOfAStepThatIsNamedLater() {
        var plan = plan(
                hookAnd("map", "weft/mapper:map")
                        .step("out", "weft/mapper:map")
                        .edge("hook", "map", Map.of("m", "n"), null)
                        .edge("map", "out", Map.of("first", "elasticio.hook.body.n", "second", "m"), null),
                TestBuiltin.usual());

        travel(plan, Map.of("n", 5), Map.of());

        assertThat(read(recorder.steps("out").getFirst().input()))
                .containsEntry("body", Map.of("first", 5, "second", 5));
    }

    @Test
    void sendsNothingOnPastADisabledPassthrough() {
        var plan = plan(
                hookAnd("map", "weft/mapper:map")
                        .step("out", "weft/mapper:map")
                        .edge("hook", "map")
                        .edge(
                                "map",
                                "out",
                                Map.of("first", "elasticio.hook.body.n", "own", "elasticio.map.body.n", "root", "n"),
                                null)
                        .passthroughDisabled("map"),
                TestBuiltin.usual());

        travel(plan, Map.of("n", 5), Map.of());

        assertThat(read(recorder.steps("out").getFirst().input())).containsEntry("body", Map.of("root", 5));
    }

    @Test
    void answersTheCallerWithAStepsError() {
        var plan = plan(hookAnd("map", "weft/mapper:map").edge("hook", "map"), failing());

        travel(plan, Map.of("n", 5), Map.of(FlowHeaders.REPLY_TO, "reply.g1.e1"));

        var reply = published.getFirst();
        assertThat(reply.key()).isEqualTo("reply.g1");
        assertThat(reply.headers())
                .containsEntry(FlowHeaders.ERROR_RESPONSE, true)
                .containsEntry(FlowHeaders.THREAD_ID, EXECUTION);
    }

    @Test
    void tellsTheCallerNothingOfTheMessageThatAnErrorQuotes() {
        var plan = plan(
                hookAnd("map", "weft/mapper:map").edge("hook", "map"),
                TestBuiltin.usualBut("weft/mapper:map", input -> {
                    throw new StepFailure(
                            "JSONataError", "no number: " + input.message().body(), "at secret");
                }));

        travel(plan, Map.of("n", "secret"), Map.of(FlowHeaders.REPLY_TO, "reply.g1.e1"));

        var told = new MessageCipher(TestTools.PASSWORD, TestTools.IV)
                .open(published.getFirst().body(), 1);
        assertThat(new String(told, StandardCharsets.UTF_8))
                .contains("JSONataError in step map.")
                .doesNotContain("secret");
        assertThat(recorder.steps("map").getFirst().failure().message()).contains("secret");
    }

    @Test
    void writesNoUserOfAnAddressDown() {
        var failing = TestBuiltin.usualBut(
                "weft/mapper:map",
                _ -> List.of(
                        new Outcome.Log(LogLevel.INFO, "calling https://ada:opensesame@host/"),
                        new Outcome.Failed("Error", "https://ada:opensesame@host/ is away", "")));
        var flow = hookAnd("map", "weft/mapper:map").edge("hook", "map").handler("care", "weft/http:reply");

        travel(plan(flow, failing), Map.of(), Map.of());

        assertThat(recorder.steps("map").getFirst().failure().message()).isEqualTo("https://host/ is away");
        assertThat(recorder.logs())
                .extracting(LogLine::message)
                .contains("calling https://host/", "https://host/ is away")
                .noneMatch(message -> message.contains("ada"));
        assertThat(String.valueOf(read(recorder.steps("care").getFirst().input())))
                .contains("https://host/ is away")
                .doesNotContain("ada");
    }

    @Test
    void saysInTheRecordWhoWaitsAndWhetherHeWasAnswered() {
        var replying = TestBuiltin.usualBut("weft/http:reply", _ -> List.of(new Outcome.Reply(200, Map.of(), "ok")));
        var plan = plan(hookAnd("answer", "weft/http:reply").edge("hook", "answer", null, "go"), replying);

        travel(plan, Map.of("go", true), Map.of(FlowHeaders.REPLY_TO, "reply.g1.e1"));
        travel(plan, Map.of("go", false), Map.of(FlowHeaders.REPLY_TO, "reply.g1.e1"));
        travel(plan, Map.of("go", true), Map.of());

        assertThat(recorder.deliveries)
                .extracting(DeliveryRecord::awaited)
                .containsExactly(
                        new AwaitedAnswer("reply.g1.e1", true, false),
                        new AwaitedAnswer("reply.g1.e1", false, false),
                        null);
    }

    @Test
    void recordsAWatchedKickOffBeforeItIsBegunAndNoOther() {
        var before = new ArrayList<List<Status>>();
        var plan = plan(
                hookAnd("map", "weft/mapper:map").edge("hook", "map"), TestBuiltin.usualBut("weft/mapper:map", _ -> {
                    before.add(recorder.steps("hook").stream()
                            .map(StepRecord::status)
                            .toList());
                    return List.of();
                }));

        travel(plan, Map.of(), Map.of(FlowHeaders.WATCH, "apps"));
        assertThat(recorder.deliveries)
                .hasSize(2)
                .allSatisfy(delivery -> assertThat(delivery.watcher()).isEqualTo("apps"));

        recorder.deliveries.clear();
        travel(plan, Map.of(), Map.of());
        travel(plan, Map.of(), Map.of(FlowHeaders.WATCH, "apps", FlowHeaders.PARENT_MESSAGE_ID, "m0"));

        assertThat(before).containsExactly(List.of(Status.RUNNING), List.of(), List.of(Status.COMPLETED));
        assertThat(recorder.deliveries)
                .hasSize(2)
                .allSatisfy(delivery -> assertThat(delivery.watcher()).isNull());
        assertThat(settlings.acknowledged).isEqualTo(3);
    }

    @Test
    void aWatchedFiringThatHasOnlyBeenRecordedIsNoRepetition() {
        var away = new AtomicBoolean(true);
        var plan = plan(
                hookAnd("map", "weft/mapper:map").edge("hook", "map"), TestBuiltin.usualBut("weft/mapper:map", _ -> {
                    if (away.getAndSet(false)) {
                        throw new StepUnavailable("The store is away.");
                    }
                    return List.of();
                }));
        var headers = Map.<String, Object>of(FlowHeaders.TRIGGER, "manual", FlowHeaders.WATCH, "apps");

        assertThatThrownBy(() -> travel(plan, Map.of(), headers)).isInstanceOf(StepUnavailable.class);
        travel(plan, Map.of(), headers);
        travel(plan, Map.of(), headers);

        assertThat(recorder.steps("map")).as("done once").hasSize(1);
    }

    @Test
    void leavesTheAnswerToAHandlerThatCanGiveOne() {
        var plan = plan(
                hookAnd("map", "weft/mapper:map").edge("hook", "map").handler("care", "weft/http:reply"), failing());

        travel(plan, Map.of("n", 5), Map.of(FlowHeaders.REPLY_TO, "reply.g1.e1"));

        assertThat(published).isEmpty();
        assertThat(recorder.steps("care")).hasSize(1);
        assertThat(recorder.steps("map").getFirst().children())
                .containsExactly(recorder.steps("care").getFirst().key());
    }

    private static List<Builtin> failing() {
        return TestBuiltin.usualBut("weft/mapper:map", _ -> {
            throw new StepFailure("Error", "boom", "at line 1");
        });
    }

    @Test
    void recordsEachFailureThatAStepReports() {
        var builtins = TestBuiltin.usualBut(
                "weft/mapper:map",
                input -> List.of(
                        new Outcome.Failed("Error", "one", ""),
                        new Outcome.Data(input.message()),
                        new Outcome.Failed("Error", "two", "", false)));
        var plan = plan(hookAnd("map", "weft/mapper:map").edge("hook", "map"), builtins);

        travel(plan, Map.of("n", 5), Map.of());

        assertThat(recorder.steps("map"))
                .extracting(record -> record.failure().message())
                .containsExactlyInAnyOrder("one", "two");
        assertThat(recorder.steps("map"))
                .as("what a component says may quote the message")
                .allSatisfy(record -> assertThat(record.failure().quoting())
                        .isEqualTo(record.failure().message().equals("one")));
        assertThat(recorder.steps("map")).extracting(record -> record.key()).doesNotHaveDuplicates();
    }

    @Test
    void makesAnErrorOfAnythingThrown() {
        var builtins = TestBuiltin.usualBut("weft/mapper:map", _ -> {
            throw new StackOverflowError();
        });
        var plan = plan(hookAnd("map", "weft/mapper:map").edge("hook", "map"), builtins);

        travel(plan, Map.of("n", 5), Map.of());

        assertThat(recorder.steps("map").getFirst().failure().name()).isEqualTo("StackOverflow");
        assertThat(settlings.acknowledged).isEqualTo(1);
    }

    @Test
    void callsAStepThatEmitsNothingFiltered() {
        var builtins = TestBuiltin.usualBut("weft/mapper:map", _ -> List.of());
        var plan = plan(hookAnd("map", "weft/mapper:map").edge("hook", "map"), builtins);

        travel(plan, Map.of("n", 5), Map.of());

        assertThat(recorder.steps("map").getFirst().status()).isEqualTo(Status.FILTERED);
    }

    @Test
    void keepsNoPayloadsWithoutStatisticsButThoseOfErrors() {
        var plan = plan(hookAnd("map", "weft/mapper:map").edge("hook", "map").withoutStatistics(), failing());

        travel(plan, Map.of("n", 5), Map.of());

        assertThat(recorder.steps()).allMatch(record -> record.input() == null && record.outputs() == null);
        assertThat(recorder.steps("map").getFirst().failure().frame()).isNotEmpty();
    }

    @Test
    void dropsLogLinesBelowTheStepsLevel() {
        var builtins = TestBuiltin.usualBut(
                "weft/mapper:map", _ -> List.of(new Outcome.Log(30, "fine"), new Outcome.Log(40, "careful")));
        var plan = plan(hookAnd("map", "weft/mapper:map").edge("hook", "map").logLevel("map", "warn"), builtins);

        travel(plan, Map.of("n", 5), Map.of());

        assertThat(recorder.logs()).extracting(line -> line.message()).containsExactly("careful");
    }

    @Test
    void saysThatNobodyWaitsForAReply() {
        var builtins = TestBuiltin.usualBut("weft/http:reply", _ -> List.of(new Outcome.Reply(200, Map.of(), "ok")));
        var plan = plan(hookAnd("answer", "weft/http:reply").edge("hook", "answer"), builtins);

        travel(plan, Map.of(), Map.of());
        confirm = CompletableFuture.failedFuture(new PublishFailure.Unroutable("reply.g1"));
        travel(plan, Map.of(), Map.of(FlowHeaders.REPLY_TO, "reply.g1.e1"));

        assertThat(recorder.logs()).extracting(line -> line.level()).containsExactly(30, 30);
        assertThat(recorder.steps("answer")).allMatch(record -> record.status() == Status.COMPLETED);
        assertThat(settlings.acknowledged).isEqualTo(2);
    }

    @Test
    void saysWhichHeadersOfAReplyAreLeftOut() {
        var headers = Map.of("Set-Cookie", List.of("a=1"), "X-A", List.of("a"));
        var builtins = TestBuiltin.usualBut("weft/http:reply", _ -> List.of(new Outcome.Reply(200, headers, "ok")));
        var plan = plan(hookAnd("answer", "weft/http:reply").edge("hook", "answer"), builtins);

        travel(plan, Map.of(), Map.of(FlowHeaders.REPLY_TO, "reply.g1.e1"));

        assertThat(recorder.logs()).singleElement().satisfies(line -> {
            assertThat(line.level()).isEqualTo(40);
            assertThat(line.message()).contains("Set-Cookie").doesNotContain("X-A");
        });
    }

    @Test
    void recordsAnUnreadableMessageAtTheStepItWasFor() {
        var plan = plan(hookAnd("map", "weft/mapper:map").edge("hook", "map"), TestBuiltin.usual());

        travel(plan, Map.of(), Map.of(FlowHeaders.PROTOCOL_VERSION, 1));
        travel(plan, Map.of(), Map.of(FlowHeaders.PROTOCOL_VERSION, 1, FlowHeaders.TARGET, "map"));

        assertThat(recorder.steps()).extracting(record -> record.stepId()).containsExactly("hook", "map");
        var failure = recorder.steps().getFirst().failure();
        assertThat(failure.name()).isEqualTo("UnreadableMessage");
        assertThat(TestTools.CODEC.decode(failure.frame(), 2).body())
                .isEqualTo(Map.of("$undecodable", Base64.getEncoder().encodeToString(sent)));
        assertThat(settlings.acknowledged).isEqualTo(2);
    }
}

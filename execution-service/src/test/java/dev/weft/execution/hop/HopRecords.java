package dev.weft.execution.hop;

import dev.weft.common.broker.Settling;
import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.id.Ids;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.metrics.EngineMetrics;
import dev.weft.execution.plan.FlowBuilder;
import dev.weft.execution.plan.PathExpressions;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.Planner;
import dev.weft.execution.plan.TestBuiltin;
import dev.weft.execution.queue.Delivery;
import dev.weft.execution.queue.FlowPublisher;
import dev.weft.execution.record.DeliveryRecord;
import dev.weft.execution.settling.ConfirmRound;
import dev.weft.execution.step.Outcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Records as hops make them: a webhook's call of about 1 KB through webhook, mapper and request, as the load driver's
 * flow has it; without a broker.
 */
public final class HopRecords {

    private static final Map<String, Object> CALL_HEADERS = Map.of(
            "host", "localhost:8080", "content-type", "application/json", "content-length", "913", "accept", "*/*");

    private final Ids ids = new Ids();
    private final CollectingRecorder recorder = new CollectingRecorder();
    private final FlowPublisher publisher = _ -> CompletableFuture.completedFuture(null);
    private final HopTools tools =
            TestTools.of(null, null, publisher, recorder, ids, new EngineMetrics(new SimpleMeterRegistry()));
    private final Plan plan = plan();
    private int made;

    private Plan plan() {
        var builtins = TestBuiltin.usualBut("weft/mapper:map", input -> {
            var body = new LinkedHashMap<>(body(input.message()));
            body.keySet().retainAll(List.of("id", "pad"));
            body.put("name", "Ada Lovelace");
            body.put("total", 22.75);
            return List.of(new Outcome.Data(input.message().withBody(body)));
        });
        builtins.replaceAll(builtin -> switch (builtin.command()) {
            case "weft/webhook:receive" ->
                TestBuiltin.inline(builtin.command(), input -> {
                    var body = new LinkedHashMap<>(body(input.message()));
                    body.put("_query", Map.of());
                    body.put("_headers", input.message().headers());
                    body.put("_method", "POST");
                    body.put("_url", "/hook/0123456789abcdef01234567");
                    return List.of(new Outcome.Data(StepMessage.of(body)));
                });
            case "weft/http:request" ->
                TestBuiltin.inline(
                        builtin.command(),
                        input -> List.of(new Outcome.Data(input.message()
                                .withBody(Map.of(
                                        "status", 200,
                                        "headers", Map.of("content-type", "application/json", "content-length", "2"),
                                        "body", Map.of())))));
            default -> builtin;
        });
        return new Planner(builtins, new PathExpressions())
                .plan(
                        FlowBuilder.aFlow(ids.next())
                                .step("hook", "weft/webhook:receive")
                                .step("map", "weft/mapper:map")
                                .step("out", "weft/http:request")
                                .edge("hook", "map")
                                .edge("map", "out")
                                .build(),
                        ids.nextHex32());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> body(StepMessage message) {
        return (Map<String, Object>) message.body();
    }

    public DeliveryRecord next() {
        var id = ids.nextExecution();
        Map<String, Object> headers = Map.of(
                FlowHeaders.MESSAGE_ID,
                id,
                FlowHeaders.THREAD_ID,
                id,
                FlowHeaders.EFFECT,
                Ids.sha256(id),
                FlowHeaders.PROTOCOL_VERSION,
                2);
        var message = new StepMessage(call(made++), CALL_HEADERS, Map.of(), Map.of(), Map.of());
        var delivery = new Delivery(
                plan.entryQueue(), plan.entryQueue(), headers, TestTools.CODEC.encode(message), 1, 0, new Deaf());
        var round = new ConfirmRound(publisher, delivery, new SilentSource(), Clock.systemUTC());
        new Hop(tools, new WorkedRun(plan), delivery, round).travel();
        return recorder.deliveries.removeFirst();
    }

    private static Map<String, Object> call(int number) {
        var call = new LinkedHashMap<String, Object>();
        call.put("id", "n" + number);
        call.put("customer", Map.of("name", "Ada Lovelace", "email", "ada@example.com"));
        call.put(
                "items",
                List.of(
                        Map.of("sku", "a", "price", 12.5),
                        Map.of("sku", "b", "price", 7),
                        Map.of("sku", "c", "price", 3.25)));
        call.put("pad", "x".repeat(700));
        return call;
    }

    private record Deaf() implements Settling {

        @Override
        public void acknowledge(long tag) {}

        @Override
        public void requeue(long tag) {}

        @Override
        public boolean isOpen() {
            return true;
        }
    }
}

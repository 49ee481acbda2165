package dev.weft.execution.worker;

import dev.weft.execution.message.StepMessage;
import dev.weft.execution.plan.FlowBuilder;
import dev.weft.execution.plan.TestBuiltin;
import dev.weft.execution.record.DeliveryRecord;
import dev.weft.execution.record.Recorder;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a hop costs: publishes kick-offs of 1 KB, at most so many unfinished, to webhook, mapper and request in one
 * queue, with records that cost nothing. Run by hand with {@code WEFT_RABBITMQ_URI}; arguments: count, in flight.
 */
final class HopMeasurement {

    private HopMeasurement() {}

    public static void main(String[] arguments) {
        var count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
        var inFlight = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
        var open = new Semaphore(inFlight);
        var done = new AtomicInteger();
        try (var engine = new EngineFixture(TestBuiltin.usual(), new Counting(done, open))) {
            var plan = engine.run(FlowBuilder.aFlow(engine.ids.next())
                    .step("hook", "weft/webhook:receive")
                    .step("map", "weft/mapper:map")
                    .step("out", "weft/http:request")
                    .edge("hook", "map")
                    .edge("map", "out", Map.of("pad", "pad", "n", "n"), null)
                    .prefetch("out", 20, 1)
                    .build());
            var body = new HashMap<String, Object>(Map.of("pad", "x".repeat(900), "n", 1));
            for (var round = 0; round < 4; round++) {
                var from = done.get();
                var cpu = cpuNanos();
                var begun = System.nanoTime();
                for (var i = 0; i < count; i++) {
                    open.acquireUninterruptibly();
                    var execution = engine.ids.nextHex32();
                    var _ = engine.publisher.publish(
                            engine.kickOffs.fire(plan, execution, "manual", execution, StepMessage.of(body)));
                }
                open.acquireUninterruptibly(inFlight);
                open.release(inFlight);
                var seconds = (System.nanoTime() - begun) / 1e9;
                System.out.printf(
                        "%d done, %.0f chains/s, %.3f ms CPU a chain (publisher included)%n",
                        done.get() - from, count / seconds, (cpuNanos() - cpu) / 1e6 / count);
            }
        }
    }

    private record Counting(AtomicInteger done, Semaphore open) implements Recorder {

        @Override
        public CompletableFuture<Void> record(DeliveryRecord delivery) {
            done.incrementAndGet();
            open.release();
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public boolean isMissed(String executionId, String key) {
            return false;
        }

        @Override
        public boolean hasError(String executionId, String messageId) {
            return false;
        }

        @Override
        public boolean isKnown(String executionId) {
            return false;
        }
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}

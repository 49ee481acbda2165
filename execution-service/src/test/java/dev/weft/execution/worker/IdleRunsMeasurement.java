package dev.weft.execution.worker;

import static org.awaitility.Awaitility.await;

import dev.weft.execution.hop.CollectingRecorder;
import dev.weft.execution.plan.FlowBuilder;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.TestBuiltin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * What open runs cost that have nothing to do: how long they take to be declared and opened, and the memory of this
 * process. Run by hand with {@code WEFT_RABBITMQ_URI}; argument: how many.
 */
final class IdleRunsMeasurement {

    private IdleRunsMeasurement() {}

    public static void main(String[] arguments) throws InterruptedException {
        var count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1000;
        var recorder = new CollectingRecorder();
        try (var engine = new EngineFixture(TestBuiltin.usual(), recorder)) {
            var before = used();
            var begun = System.nanoTime();
            var plans = new ArrayList<Plan>();
            for (var i = 0; i < count; i++) {
                plans.add(engine.planned(FlowBuilder.aFlow(engine.ids.next())
                        .step("hook", "weft/webhook:receive")
                        .step("map", "weft/mapper:map")
                        .step("out", "weft/http:request")
                        .edge("hook", "map")
                        .edge("map", "out")
                        .build()));
            }
            try (var pool = Executors.newFixedThreadPool(8)) {
                plans.forEach(plan -> pool.execute(() -> {
                    engine.topology.declare(plan);
                    engine.workers.open(plan);
                }));
                pool.shutdown();
                var _ = pool.awaitTermination(5, TimeUnit.MINUTES);
            }
            System.out.printf("%d declared in %.1f s%n", count, (System.nanoTime() - begun) / 1e9);
            plans.forEach(plan -> engine.fire(plan, Map.of("n", 1)));
            await().atMost(Duration.ofMinutes(5)).until(() -> recorder.deliveries.size() >= count);
            System.out.printf("each has worked after %.1f s%n", (System.nanoTime() - begun) / 1e9);
            recorder.deliveries.clear();
            System.out.printf("%.1f KB of heap a run%n", (used() - before) / 1024.0 / count);
        }
    }

    private static long used() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}

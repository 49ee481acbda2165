package dev.weft.execution.rebound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.execution.queue.FlowFrame;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReboundsTest {

    private static final String WAITING = "weft.rebound.t1.15s";

    private final NotedTopology topology = new NotedTopology();
    private final Rebounds rebounds =
            new Rebounds(topology, new ReboundProperties(Duration.ofSeconds(15), Duration.ofMinutes(10), 10));

    private FlowFrame frame() {
        return rebounds.frame("t1", 1, null, "step", Map.of(), new byte[0]);
    }

    @Test
    void declaresOnceForEachConnection() {
        frame();
        frame();
        assertThat(topology.declared).containsExactly(WAITING, "step");

        topology.reconnect();
        frame();
        assertThat(topology.declared).containsExactly(WAITING, "step", WAITING, "step");
    }

    @Test
    void doesNotRememberTheQueuesOfAllFlowsThatEverWaited() {
        for (var flow = 0; flow < 30_000; flow++) {
            rebounds.frame("t1", 1, null, "step" + flow, Map.of(), new byte[0]);
        }
        var before = topology.declared.size();

        for (var flow = 0; flow < 30_000; flow++) {
            rebounds.frame("t1", 1, null, "step" + flow, Map.of(), new byte[0]);
        }

        assertThat(topology.declared.size() - before)
                .as("declared again, since they are forgotten")
                .isGreaterThanOrEqualTo(20_000);
    }

    @Test
    void declaresAWaitingQueueAnewThatIsGone() {
        frame();

        rebounds.restore("t1", 1, null);

        await().untilAsserted(() -> assertThat(topology.declared).containsExactly(WAITING, "step", WAITING));
        await().untilAsserted(() -> {
            var before = topology.declared.size();
            frame();
            assertThat(topology.declared).hasSize(before);
        });
    }

    @Test
    void whatWaitsOnceMoreNeedsNoQueueOfItsStep() {
        var frame = rebounds.onceMore("t1", Duration.ofMinutes(1), "step", Map.of("n", 1), new byte[] {7});

        assertThat(topology.declared).containsExactly("weft.rebound.t1.60s");
        assertThat(frame.exchange()).isEqualTo("weft.rebound.t1.60s");
        assertThat(frame.key()).isEqualTo("step");
    }
}

package dev.weft.flow.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.flow.content.FlowContent;
import dev.weft.flow.content.FlowType;
import dev.weft.flow.flow.FlowProperties;
import dev.weft.flow.graph.Graphs;
import dev.weft.flow.graph.NodesConfig;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DueExecutionTest {

    private static final Instant START = Instant.parse("2026-11-24T12:00:30Z");

    private final DueExecution due = new DueExecution(new FlowProperties(Duration.ofMinutes(3), 2000));

    private static FlowContent content(String fields, String cron, boolean polling) {
        var graph = Graphs.graph(
                "{\"nodes\":[{\"id\":\"a\",\"command\":\"weft/timer:timer\",\"fields\":" + fields + "}],\"edges\":[]}");
        return new FlowContent("n", null, FlowType.ORDINARY, graph, NodesConfig.EMPTY, cron, true, polling);
    }

    @Test
    void theCronWins() {
        assertThat(due.after(START, content("{\"interval\":\"minute\"}", "0 0 1 1 *", true)))
                .contains(Instant.parse("2027-01-01T00:00:00Z"));
    }

    @Test
    void byTheClocksOfTheTriggersZone() {
        assertThat(due.after(START, content("{\"timezone\":\"Asia/Kolkata\"}", "0 2 * * *", true)))
                .contains(Instant.parse("2026-11-24T20:30:00Z"));
        assertThat(due.after(START, content("{\"timezone\":\"of an older version\"}", "0 2 * * *", true)))
                .contains(Instant.parse("2026-11-25T02:00:00Z"));
    }

    @Test
    void elseTheIntervalOfTheTimer() {
        assertThat(due.after(START, content("{\"interval\":\"5_minutes\"}", null, true)))
                .contains(START.plusSeconds(300));
    }

    @Test
    void elseTheInstallationsInterval() {
        assertThat(due.after(START, content("{}", null, true))).contains(START.plusSeconds(180));
    }

    @Test
    void otherFlowsAreNeverDue() {
        assertThat(due.after(START, content("{}", "* * * * *", false))).isEmpty();
    }
}

package dev.weft.execution.statistics;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weft.execution.deployment.RunningFlows;
import dev.weft.execution.execution.MongoExecutionStore;
import dev.weft.execution.plan.Plan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/**
 * How many messages wait and are in work for each step. Steps that are done together share a queue, which is counted at
 * the step that it belongs to.
 */
@Service
class QueueStatistics {

    /** One row; {@code total = ready + unacked}. */
    record Row(@JsonProperty("step_id") String stepId, long total, long ready, long unacked, long rebounds) {

        Row withRebounds(long count) {
            return new Row(stepId, total, ready, unacked, count);
        }

        static Row empty(String stepId) {
            return new Row(stepId, 0, 0, 0, 0);
        }
    }

    private final RunningFlows running;
    private final QueueCounts counts;
    private final MongoExecutionStore executions;

    QueueStatistics(RunningFlows running, QueueCounts counts, MongoExecutionStore executions) {
        this.running = running;
        this.counts = counts;
        this.executions = executions;
    }

    List<Row> of(String flowId, List<String> steps) {
        var rows = running.plan(flowId).map(this::rows).orElse(Map.of());
        return steps.stream()
                .map(step -> rows.getOrDefault(step, Row.empty(step)))
                .toList();
    }

    private Map<String, Row> rows(Plan plan) {
        var counted = counts.of(plan);
        var rows = new HashMap<String, Row>();
        for (var queue : plan.queues()) {
            var step = queue.steps().getFirst();
            rows.put(step, row(step, counted.getOrDefault(queue.name(), QueueCounts.Count.NONE)));
        }
        // Messages that wait for a sailor; its frames on their way back do not count.
        plan.sailors()
                .forEach((step, sailor) ->
                        rows.put(step, row(step, counted.getOrDefault(sailor.queue(), QueueCounts.Count.NONE))));
        rebounds(plan.flow().id())
                .forEach((step, count) -> rows.merge(
                        step, new Row(step, 0, 0, 0, count), (row, more) -> row.withRebounds(more.rebounds())));
        return rows;
    }

    /** How many messages of the flow wait for another attempt, by step. */
    private Map<String, Long> rebounds(String flowId) {
        return executions.waitingRebounds(flowId).stream()
                .collect(Collectors.groupingBy(step -> step, Collectors.counting()));
    }

    private static Row row(String step, QueueCounts.Count count) {
        return new Row(step, count.ready() + count.unacked(), count.ready(), count.unacked(), 0);
    }
}

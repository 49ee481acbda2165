package dev.weft.flow.reference;

import dev.weft.flow.graph.Graph;
import dev.weft.flow.graph.StepFunction;
import dev.weft.flow.graph.StepRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A graph together with the functions that its steps run now. */
public record CheckedGraph(Graph graph, StepRules rules) {

    /** The graph with the id of each step's component filled in. */
    public Graph withComponents() {
        return new Graph(
                graph.nodes().stream()
                        .map(node -> node.withComponent(rules.function(node).componentId()))
                        .toList(),
                graph.edges());
    }

    /** Whether it is started by a trigger that fires by time. */
    public boolean isPolling() {
        return graph.firstStep().map(rules::function).map(StepFunction::polling).orElse(false);
    }

    /** What it lacks to run, as sentences. */
    public List<String> missing(@Nullable String cron) {
        return rules.missing(cron);
    }
}

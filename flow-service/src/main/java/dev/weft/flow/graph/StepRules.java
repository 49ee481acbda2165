package dev.weft.flow.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules for what the steps of a version run: commands that resolve, a trigger first and actions behind it, fields as
 * their component wants them, well-formed expressions.
 */
public final class StepRules {

    /** Each costs the broker memory and a consumer in every process. */
    private static final int MOST_QUEUES = 200;

    private final Graph graph;
    private final Map<String, StepFunction> functions;

    /** @param functions by command, as written; a command that is not there resolves to nothing */
    public StepRules(Graph graph, Map<String, StepFunction> functions) {
        this.graph = graph;
        this.functions = functions;
    }

    /** The function of a step that {@link #check} has passed. */
    public StepFunction function(GraphNode node) {
        var function = find(node);
        if (function == null) {
            throw new IllegalStateException("The step " + node.id() + " runs nothing known.");
        }
        return function;
    }

    private @Nullable StepFunction find(GraphNode node) {
        return node.command() == null ? null : functions.get(node.command());
    }

    public void check(GraphFaults faults) {
        graph.stepsWithQueues().stream()
                .skip(MOST_QUEUES)
                .findFirst()
                .ifPresent(node -> faults.add(
                        "/nodes/" + graph.nodes().indexOf(node),
                        "A flow has at most " + MOST_QUEUES
                                + " steps that call, run code, send mail or are of other teams' components."));
        var first = graph.firstStep().map(GraphNode::id).orElse("");
        for (int i = 0; i < graph.nodes().size(); i++) {
            checkStep(graph.nodes().get(i), first, "/nodes/" + i, faults);
        }
        for (int i = 0; i < graph.edges().size(); i++) {
            var edge = graph.edges().get(i);
            var path = "/edges/" + i + "/config";
            ExpressionSyntax.check(edge.mapper(), path + "/mapper", faults);
            ExpressionSyntax.check(edge.condition(), path + "/condition", faults);
        }
    }

    private void checkStep(GraphNode node, String first, String path, GraphFaults faults) {
        if (node.command() == null) {
            faults.add(path + "/command", "command is required.");
            return;
        }
        var function = find(node);
        if (function == null) {
            faults.add(path + "/command", "The command " + node.command() + " names nothing that can be used here.");
            return;
        }
        if (node.id().equals(first) && !function.trigger()) {
            faults.add(path + "/command", "The first step must be a trigger.");
        }
        if (!node.id().isEmpty() && !node.id().equals(first) && function.trigger()) {
            faults.add(path + "/command", "Only the first step can be a trigger.");
        }
        // Only the component itself knows what the fields of other teams' components mean.
        if (function.isBuiltIn()) {
            function.fields().forEach((name, rule) -> {
                if (node.fields().containsKey(name)) {
                    rule.check(node.fields().get(name), name, path + "/fields" + GraphFaults.part(name), faults);
                }
            });
        }
    }

    /**
     * What a start lacks, as sentences; empty when nothing does.
     *
     * @param cron of the flow
     */
    public List<String> missing(@Nullable String cron) {
        var missing = new ArrayList<String>();
        for (var node : graph.nodes()) {
            var function = function(node);
            function.fields().forEach((name, rule) -> {
                var dispensable = "cron".equals(rule.requiredUnless()) && cron != null;
                if (rule.required()
                        && !dispensable
                        && FieldRule.isMissing(node.fields().get(name))) {
                    missing.add("The step " + node.id() + " needs its field " + name + ".");
                }
            });
            if (function.needsCredentials() && node.credentialsId() == null) {
                missing.add("The step " + node.id() + " needs a credential.");
            }
        }
        return missing;
    }
}

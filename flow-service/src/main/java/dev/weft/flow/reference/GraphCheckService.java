package dev.weft.flow.reference;

import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import dev.weft.flow.graph.Graph;
import dev.weft.flow.graph.GraphFaults;
import dev.weft.flow.graph.GraphNode;
import dev.weft.flow.graph.StepFunction;
import dev.weft.flow.graph.StepRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Validates a graph and everything it refers to, as a version needs it (api-v2 9.2). */
@Service
public class GraphCheckService {

    /** A graph, and the functions that its steps run at present. */
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
            return graph.firstStep()
                    .map(rules::function)
                    .map(StepFunction::polling)
                    .orElse(false);
        }

        /** What it lacks to run, as sentences. */
        public List<String> missing(@Nullable String cron) {
            return rules.missing(cron);
        }
    }

    private final CommandLookup commands;
    private final CredentialLookup credentials;

    GraphCheckService(CommandLookup commands, CredentialLookup credentials) {
        this.commands = commands;
        this.credentials = credentials;
    }

    /** Reports every fault of the graph; the answer may be used only when there are none. */
    @OpenToAll("asked after the permission was checked")
    public CheckedGraph check(Caller caller, String workspaceId, Graph graph, GraphFaults faults) {
        graph.check(faults);
        // Also for a graph that has faults already, since all faults of a document are reported together.
        var functions = commands.find(caller, workspaceId, commandsOf(graph));
        var rules = new StepRules(graph, functions);
        rules.check(faults);
        checkReferences(caller, workspaceId, graph, functions, faults);
        return new CheckedGraph(graph, rules);
    }

    /** The functions of a graph that was checked when it came into being; what is gone since then refuses. */
    @OpenToAll("asked after the permission was checked")
    public CheckedGraph resolve(Caller caller, String workspaceId, Graph graph) {
        var wanted = commandsOf(graph);
        var functions = commands.find(caller, workspaceId, wanted);
        // This is no fault of the document, which was right when it was saved: so a start is refused with 409, not the
        // body with 400.
        var gone = wanted.stream()
                .filter(command -> !functions.containsKey(command))
                .map(command -> Problem.of(
                        ProblemCode.NOT_READY, "The command " + command + " names nothing that can be used here."))
                .toList();
        if (!gone.isEmpty()) {
            throw new ProblemException(gone);
        }
        return new CheckedGraph(graph, new StepRules(graph, functions));
    }

    private static Set<String> commandsOf(Graph graph) {
        var commands = new LinkedHashSet<String>();
        graph.nodes().stream().map(GraphNode::command).filter(Objects::nonNull).forEach(commands::add);
        return commands;
    }

    private void checkReferences(
            Caller caller, String workspaceId, Graph graph, Map<String, StepFunction> functions, GraphFaults faults) {
        var components =
                credentials.components(caller, workspaceId, credentialsOf(graph).keySet());
        for (int i = 0; i < graph.nodes().size(); i++) {
            var node = graph.nodes().get(i);
            var path = "/nodes/" + i;
            var credential = node.credentialsId();
            if (credential != null) {
                checkCredential(components.get(credential), node, functions, path, faults);
            }
            // Nothing of these kinds exists yet, so no reference can be right.
            refuse(node.secretId(), path + "/secret_id", "secret", faults);
            refuse(node.vpnAgentId(), path + "/vpn_agent_id", "agent", faults);
            if (!node.selectedDataSamples().isEmpty()) {
                refuse(node.selectedDataSamples().getFirst(), path + "/selected_data_samples", "data sample", faults);
            }
        }
    }

    private static void checkCredential(
            @Nullable String component,
            GraphNode node,
            Map<String, StepFunction> functions,
            String path,
            GraphFaults faults) {
        var function = node.command() == null ? null : functions.get(node.command());
        if (component == null) {
            faults.add(path + "/credentials_id", "The workspace has no credential " + node.credentialsId() + ".");
        } else if (function != null && !component.equals(function.componentId())) {
            faults.add(
                    path + "/credentials_id", "The credential " + node.credentialsId() + " is for another component.");
        }
    }

    private static void refuse(@Nullable String id, String path, String what, GraphFaults faults) {
        if (id != null) {
            faults.add(path, "The workspace has no " + what + " " + id + ".");
        }
    }

    /** Refuses a start for which something is missing (api-v2 9.5), in the graph or in a credential (11.5). */
    @OpenToAll("asked after the permission was checked")
    public void requireReady(Caller caller, String workspaceId, CheckedGraph checked, @Nullable String cron) {
        var missing = new ArrayList<String>();
        if (checked.graph().isEmpty()) {
            missing.add("A flow without steps can not run.");
        } else {
            missing.addAll(checked.missing(cron));
        }
        var used = credentialsOf(checked.graph());
        // One request for all of them, whatever the number of steps.
        var lacks = credentials.lacks(caller, workspaceId, used.keySet());
        used.forEach((id, step) -> lacks.getOrDefault(id, List.of("it is gone."))
                .forEach(lack ->
                        missing.add("The credential " + id + " of the step " + step + " is not ready: " + lack)));
        if (!missing.isEmpty()) {
            throw new ProblemException(missing.stream()
                    .map(detail -> Problem.of(ProblemCode.NOT_READY, detail))
                    .toList());
        }
    }

    /** Each with the first step that has it. */
    private static Map<String, String> credentialsOf(Graph graph) {
        var steps = new LinkedHashMap<String, String>();
        graph.nodes().forEach(node -> {
            if (node.credentialsId() != null) {
                steps.putIfAbsent(node.credentialsId(), node.id());
            }
        });
        return steps;
    }
}

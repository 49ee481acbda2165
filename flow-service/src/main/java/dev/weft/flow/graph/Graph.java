package dev.weft.flow.graph;

import dev.weft.common.flowmessage.StepQueues;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a flow does: its steps and the edges between them, in the order in which the client sent them. */
public record Graph(List<GraphNode> nodes, List<GraphEdge> edges) {

    /**
     * An edge: messages go from one step to the next.
     *
     * @param source    null on the edge into the error handler, which no step sends to
     * @param mapper    makes the next message's body: strings are JSONata, other values literals; empty passes the body
     *                  on
     * @param condition JSONata that decides whether a message takes this edge; null for all of them
     */
    public record GraphEdge(
            @Nullable String source,
            String target,
            Map<String, @Nullable Object> mapper,
            @Nullable String condition) {

        /** {@code mapper:<source>:<target>} when there is a mapper, else {@code <source>:<target>}. */
        public String id() {
            var ends = (source == null ? "" : source) + ":" + target;
            return mapper.isEmpty() ? ends : "mapper:" + ends;
        }

        public boolean isPlain() {
            return mapper.isEmpty() && condition == null;
        }
    }

    public static final Graph EMPTY = new Graph(List.of(), List.of());
    private static final Pattern WEBHOOK = Pattern.compile("[^/]+/webhook:receive(@.*)?");

    /** Reports what is wrong with its form, whatever its steps run. */
    public void check(GraphFaults faults) {
        new GraphRules(this, faults).check();
    }

    public boolean isEmpty() {
        return nodes.isEmpty();
    }

    public Set<String> stepIds() {
        return nodes.stream().map(GraphNode::id).collect(Collectors.toSet());
    }

    /** The step that starts the flow: no edge leads to it, and it is not the error handler. */
    public Optional<GraphNode> firstStep() {
        var targets = edges.stream().map(GraphEdge::target).collect(Collectors.toSet());
        return nodes.stream()
                .filter(node -> !node.error() && !targets.contains(node.id()))
                .findFirst();
    }

    /** Whether its first step is the trigger that others call, of whatever version. */
    public boolean beginsWithWebhook() {
        return firstStep()
                .map(GraphNode::command)
                .filter(command -> WEBHOOK.matcher(command).matches())
                .isPresent();
    }

    /** How many queues a run of it has: one for what starts it, one for each step that is not done together with another. */
    public int queues() {
        return 1 + stepsWithQueues().size();
    }

    /** Ids of the steps of components that are not built in: each has containers of its own. */
    public Stream<String> foreignSteps() {
        return nodes.stream()
                .filter(node -> node.command() != null && !node.command().startsWith(StepFunction.BUILT_IN_TEAM + "/"))
                .map(GraphNode::id);
    }

    List<GraphNode> stepsWithQueues() {
        var first = firstStep().map(GraphNode::id).orElse("");
        return nodes.stream()
                .filter(node -> !node.id().equals(first))
                .filter(node -> node.command() != null && StepQueues.hasOwn(node.command()))
                .toList();
    }

    /** The same graph, the credential in none of its steps. */
    public Graph withoutCredential(String credentialId) {
        return new Graph(
                nodes.stream()
                        .map(node -> credentialId.equals(node.credentialsId()) ? node.withoutCredential() : node)
                        .toList(),
                edges);
    }
}

package dev.weft.flow.graph;

import dev.weft.flow.graph.Graph.GraphEdge;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a graph out of plain JSON values and checks its structure: types, ids of steps, edges between known steps. That
 * is all a draft needs; what a version needs besides is in {@link GraphRules} and {@link StepRules}. An entry that can
 * not be read is kept with an empty id, so that positions in later faults are right.
 */
public final class GraphReader {

    private static final Pattern STEP_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int MOST_NODES = 1000;
    private static final int MOST_EDGES = 5000;

    private final GraphFaults faults;
    private final boolean components;

    /** For a client's graph, whose {@code component_id}s are not taken. */
    public GraphReader(GraphFaults faults) {
        this(faults, false);
    }

    private GraphReader(GraphFaults faults, boolean components) {
        this.faults = faults;
        this.components = components;
    }

    /** A graph that was stored in the form of {@link GraphForm#withComponents}, and so was checked before. */
    public static Graph stored(@Nullable Object value) {
        return new GraphReader(new GraphFaults(""), true).read(value);
    }

    public Graph read(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> object)) {
            faults.add("", "graph must be an object.");
            return Graph.EMPTY;
        }
        var nodes = new ArrayList<GraphNode>();
        for (var node : array(object, "nodes", MOST_NODES)) {
            nodes.add(node(node, "/nodes/" + nodes.size()));
        }
        checkIds(nodes);
        var edges = new ArrayList<GraphEdge>();
        for (var edge : array(object, "edges", MOST_EDGES)) {
            edges.add(edge(edge, "/edges/" + edges.size()));
        }
        var graph = new Graph(List.copyOf(nodes), List.copyOf(edges));
        checkEnds(graph);
        return graph;
    }

    private List<?> array(Map<?, ?> object, String name, int most) {
        if (!(object.get(name) instanceof List<?> list)) {
            faults.add("/" + name, name + " must be an array.");
            return List.of();
        }
        if (list.size() > most) {
            faults.add("/" + name, "A graph has at most " + most + " " + name + ".");
            return List.of();
        }
        return list;
    }

    private GraphNode node(@Nullable Object value, String path) {
        if (!(value instanceof Map<?, ?> object)) {
            faults.add(path, "A node must be an object.");
            return new GraphNode("", null, "", "", Map.of(), null, null, null, List.of(), false, null);
        }
        var members = new JsonMembers(object, path, faults);
        var id = members.textOrEmpty("id");
        if (!STEP_ID.matcher(id).matches()) {
            members.fault("id", "A step id has 1 to 64 letters, digits, _ or -.");
            id = "";
        }
        return new GraphNode(
                id,
                members.text("command"),
                members.textOrEmpty("name"),
                members.textOrEmpty("description"),
                members.object("fields"),
                members.id("credentials_id"),
                members.id("secret_id"),
                members.id("vpn_agent_id"),
                members.ids("selected_data_samples"),
                members.flag("error"),
                components ? members.text("component_id") : null);
    }

    private GraphEdge edge(@Nullable Object value, String path) {
        if (!(value instanceof Map<?, ?> object)) {
            faults.add(path, "An edge must be an object.");
            return new GraphEdge("", "", Map.of(), null);
        }
        var members = new JsonMembers(object, path, faults);
        var source = members.text("source");
        var target = members.text("target");
        if (target == null && !members.has("target")) {
            members.fault("target", "target is required.");
        }
        refuseBlank(members, "source", source);
        refuseBlank(members, "target", target);
        var config = new JsonMembers(members.object("config"), path + "/config", faults);
        var mapperType = config.text("mapper_type");
        if (mapperType != null && !mapperType.equals("jsonata")) {
            config.fault("mapper_type", "mapper_type must be jsonata.");
        }
        return new GraphEdge(source, target == null ? "" : target, config.object("mapper"), config.text("condition"));
    }

    private void checkIds(List<GraphNode> nodes) {
        var seen = new HashSet<String>();
        for (int i = 0; i < nodes.size(); i++) {
            var id = nodes.get(i).id();
            if (!id.isEmpty() && !seen.add(id)) {
                faults.add("/nodes/" + i + "/id", "There is another step " + id + ".");
            }
        }
    }

    /** Within a graph, the empty text stands for an end that could not be read; it is none that may be sent. */
    private static void refuseBlank(JsonMembers edge, String end, @Nullable String stepId) {
        if (stepId != null && stepId.isEmpty()) {
            edge.fault(end, "There is no step without a name.");
        }
    }

    private void checkEnds(Graph graph) {
        var known = graph.stepIds();
        for (int i = 0; i < graph.edges().size(); i++) {
            var edge = graph.edges().get(i);
            checkEnd(edge.source(), "/edges/" + i + "/source", known);
            checkEnd(edge.target(), "/edges/" + i + "/target", known);
        }
    }

    private void checkEnd(@Nullable String end, String path, java.util.Set<String> known) {
        if (end != null && !end.isEmpty() && !known.contains(end)) {
            faults.add(path, "There is no step " + end + ".");
        }
    }
}

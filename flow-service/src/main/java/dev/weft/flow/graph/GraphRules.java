package dev.weft.flow.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The rules for the shape of a version's graph: one first step, an error handler apart from it, no edge twice, no cycle.
 * A graph without cycles and with one first step has no step out of reach, so that needs no check of its own.
 */
final class GraphRules {

    private final Graph graph;
    private final GraphFaults faults;

    GraphRules(Graph graph, GraphFaults faults) {
        this.graph = graph;
        this.faults = faults;
    }

    /** Checks a graph that {@link GraphReader} has read, whether or not it found faults. */
    void check() {
        checkNames();
        checkHandlers();
        checkEdges();
        var cycle = checkCycles();
        checkFirstStep(cycle);
    }

    /** As names of resources: one line. */
    private void checkNames() {
        for (int i = 0; i < graph.nodes().size(); i++) {
            if (graph.nodes().get(i).name().chars().anyMatch(c -> Character.isISOControl(c) && c != '\t')) {
                faults.add("/nodes/" + i + "/name", "name must be one line, without control characters.");
            }
        }
    }

    private void checkHandlers() {
        var found = false;
        for (int i = 0; i < graph.nodes().size(); i++) {
            if (graph.nodes().get(i).error()) {
                if (found) {
                    faults.add("/nodes/" + i + "/error", "A flow has at most one error handler.");
                }
                found = true;
            }
        }
    }

    private void checkEdges() {
        var handlers = new HashSet<String>();
        graph.nodes().stream().filter(GraphNode::error).forEach(node -> handlers.add(node.id()));
        var seen = new HashSet<List<String>>();
        for (int i = 0; i < graph.edges().size(); i++) {
            var edge = graph.edges().get(i);
            var path = "/edges/" + i;
            var intoHandler = handlers.contains(edge.target());
            if (edge.source() == null) {
                if (!intoHandler) {
                    faults.add(path + "/source", "source is required.");
                } else if (!edge.isPlain()) {
                    faults.add(path + "/config", "The edge into the error handler neither maps nor asks.");
                }
            } else if (intoHandler) {
                faults.add(path, "No step sends to the error handler.");
            } else if (edge.source().equals(edge.target()) && !edge.target().isEmpty()) {
                faults.add(path, "A step can not send to itself.");
            }
            if (!edge.target().isEmpty()
                    && !seen.add(List.of(Objects.requireNonNullElse(edge.source(), ""), edge.target()))) {
                faults.add(path, "There is another edge between these steps.");
            }
        }
    }

    /** Takes away edges from steps that nothing leads to until none is left, or only such as form a cycle or follow one. */
    private boolean checkCycles() {
        var left = new ArrayList<Integer>();
        for (int i = 0; i < graph.edges().size(); i++) {
            var edge = graph.edges().get(i);
            if (edge.source() != null && !edge.source().equals(edge.target())) {
                left.add(i);
            }
        }
        var shrinks = true;
        while (shrinks) {
            var targets = new HashSet<String>();
            var sources = new HashSet<String>();
            left.forEach(i -> {
                targets.add(graph.edges().get(i).target());
                sources.add(Objects.requireNonNullElse(graph.edges().get(i).source(), ""));
            });
            shrinks = left.removeIf(i -> !targets.contains(graph.edges().get(i).source())
                    || !sources.contains(graph.edges().get(i).target()));
        }
        if (left.isEmpty()) {
            return false;
        }
        var last = left.getLast();
        faults.add(
                "/edges/" + last,
                "This edge closes a cycle through " + graph.edges().get(last).target() + ".");
        return true;
    }

    private void checkFirstStep(boolean cycle) {
        if (graph.isEmpty()) {
            return;
        }
        var first = firstSteps();
        if (first.isEmpty() && !cycle) {
            faults.add("/nodes", "A flow needs a step that starts it.");
        }
        for (var i : first.subList(Math.min(1, first.size()), first.size())) {
            faults.add(
                    "/nodes/" + i,
                    "No edge leads to " + graph.nodes().get(i).id() + ", and a flow has one first step only.");
        }
    }

    private List<Integer> firstSteps() {
        Set<String> targets = new HashSet<>();
        graph.edges().stream()
                .filter(edge -> edge.source() != null && !edge.source().equals(edge.target()))
                .forEach(edge -> targets.add(edge.target()));
        var first = new ArrayList<Integer>();
        var seen = new HashMap<String, Integer>();
        for (int i = 0; i < graph.nodes().size(); i++) {
            var node = graph.nodes().get(i);
            if (!node.id().isEmpty()
                    && !node.error()
                    && !targets.contains(node.id())
                    && seen.put(node.id(), i) == null) {
                first.add(i);
            }
        }
        return first;
    }
}

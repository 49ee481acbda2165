package dev.weft.flow.version;

import dev.weft.common.problem.Problem;
import dev.weft.flow.reference.GraphCheckService.CheckedGraph;
import java.util.List;
import java.util.Optional;

/**
 * What was sent to change a flow, after other services were asked about its graph.
 *
 * @param graph    empty when none was sent
 * @param problems of the document and of its graph
 */
public record CheckedSent(FlowSent sent, Optional<CheckedGraph> graph, List<Problem> problems) {

    /** Whether there is nothing to change, and nothing to refuse. */
    public boolean isEmpty() {
        return sent.isEmpty() && problems.isEmpty();
    }
}

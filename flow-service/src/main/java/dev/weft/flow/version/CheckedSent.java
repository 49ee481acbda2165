package dev.weft.flow.version;

import dev.weft.flow.reference.GraphCheckService.CheckedGraph;
import java.util.Optional;

/**
 * What was sent to change a flow, after other services were asked about its graph; its faults are among those of
 * {@code sent}.
 *
 * @param graph empty when none was sent
 */
public record CheckedSent(FlowSent sent, Optional<CheckedGraph> graph) {

    /** Whether there is nothing to change, and nothing to refuse. */
    public boolean isEmpty() {
        return sent.isEmpty() && sent.faults().isEmpty();
    }
}

package dev.weft.execution.flow;

/** What a feature keeps of flows, and removes when one is deleted; may be repeated. */
@FunctionalInterface
public interface FlowRemains {

    void deleteFlow(String flowId);
}

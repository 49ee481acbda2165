package dev.weft.execution.flow;

/** Something a feature stores about flows and removes when a flow is deleted; the removal may be repeated. */
@FunctionalInterface
public interface FlowRemains {

    void deleteFlow(String flowId);
}

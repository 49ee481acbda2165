package dev.weft.flow.resource;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weft.flow.flow.Flow;
import dev.weft.flow.graph.GraphNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What other services are told about a flow.
 *
 * @param webhook whether a call from outside starts it
 * @param nodes   the ids of its steps in their order
 */
record FlowOutline(
        String id,
        String name,
        @JsonProperty("workspace_id") String workspaceId,
        @JsonProperty("contract_id") String contractId,
        @JsonProperty("tenant_id") String tenantId,
        @JsonProperty("user_id") String userId,
        String status,
        @JsonProperty("current_status") String currentStatus,
        @JsonProperty("latest_version") @Nullable String latestVersion,
        boolean polling,
        boolean webhook,
        List<String> nodes) {

    static FlowOutline of(Flow flow) {
        return new FlowOutline(
                flow.id(),
                flow.content().name(),
                flow.place().workspaceId(),
                flow.place().contractId(),
                flow.place().tenantId(),
                flow.user(),
                flow.state().status().wire(),
                flow.state().current().wire(),
                flow.latest() == null ? null : flow.latest().id(),
                flow.content().polling(),
                flow.content().graph().beginsWithWebhook(),
                flow.content().graph().nodes().stream().map(GraphNode::id).toList());
    }
}

package dev.weft.execution.flow;

import dev.weft.common.access.Caller;
import java.util.List;

/** Flows as executions, logs and statistics need them; the owner is flow-service. */
public interface FlowLookup {

    /** The flow, or a refusal: 404 when the caller's tenant has none of that id. */
    FlowPlace get(Caller caller, String flowId);

    /** {@code {"id","workspace_id","tenant_id","step_ids"}}; steps are those of the latest version, in node order. */
    record FlowPlace(String id, String workspaceId, String tenantId, List<String> stepIds) {}
}

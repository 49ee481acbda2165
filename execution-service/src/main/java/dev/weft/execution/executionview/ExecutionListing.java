package dev.weft.execution.executionview;

import dev.weft.common.jsonapi.ListQuery;
import dev.weft.execution.execution.ExecutionFilter;

/** What a list of executions was asked for; read when the caller is known to be permitted. */
record ExecutionListing(ListQuery query) {

    /** 400 without one. */
    String workspaceId() {
        return query.requireId("workspace_id");
    }

    /** 400 when it asks for what there can not be; so is {@link #ofFlow}. */
    ExecutionFilter ofWorkspace(String workspaceId) {
        return ExecutionFilter.ofWorkspace(workspaceId, query);
    }

    ExecutionFilter ofFlow(String flowId) {
        return ExecutionFilter.ofFlow(flowId, query);
    }

    int skip() {
        return query.page().skip();
    }

    int size() {
        return query.page().size();
    }
}

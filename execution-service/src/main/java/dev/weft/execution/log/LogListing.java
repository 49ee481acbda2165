package dev.weft.execution.log;

import dev.weft.common.jsonapi.ListQuery;

/** What {@code GET /v2/logs} was asked for; read when the caller is known to be permitted. */
record LogListing(ListQuery query) {

    /** 400 without one. */
    String workspaceId() {
        return query.requireId("workspace_id");
    }

    /** 400 when it asks for what there can not be. */
    LogQuery of(String workspaceId) {
        return LogQuery.of(workspaceId, query);
    }
}

package dev.weft.execution.executionview;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Grants;
import dev.weft.common.access.Permission;
import dev.weft.common.access.Scope;
import dev.weft.common.jsonapi.Document;
import dev.weft.common.jsonapi.ListQuery;
import dev.weft.common.problem.Problem;
import dev.weft.execution.errorinbox.ErrorInputs;
import dev.weft.execution.execution.Execution;
import dev.weft.execution.execution.ExecutionFilter;
import dev.weft.execution.execution.MongoExecutionStore;
import dev.weft.execution.execution.VisibleExecutions;
import dev.weft.execution.flow.FlowLookup;
import dev.weft.execution.record.Payload;
import java.util.Map;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reading executions: membership opens them, {@code workspaces.logs.read_all} their payloads and what called servers told
 * (api-v2 11.6, 11.7).
 */
@Service
class ExecutionService {

    private final MongoExecutionStore store;
    private final VisibleExecutions visible;
    private final ErrorInputs inputs;
    private final FlowLookup flows;
    private final AccessClient access;
    private final JsonMapper json;

    ExecutionService(
            MongoExecutionStore store,
            VisibleExecutions visible,
            ErrorInputs inputs,
            FlowLookup flows,
            AccessClient access,
            JsonMapper json) {
        this.store = store;
        this.visible = visible;
        this.inputs = inputs;
        this.flows = flows;
        this.access = access;
        this.json = json;
    }

    Document ofWorkspace(Caller caller, ListQuery query) {
        var workspace = query.requireId("workspace_id");
        var grants = access.requireMember(caller, new Scope.Workspace(workspace));
        return page(ExecutionFilter.ofWorkspace(workspace, query), query, grants);
    }

    Document ofFlow(Caller caller, String flowId, ListQuery query) {
        var flow = flows.get(caller, flowId);
        var grants = access.requireMember(caller, new Scope.Workspace(flow.workspaceId()));
        return page(ExecutionFilter.ofFlow(flowId, query), query, grants);
    }

    private Document page(ExecutionFilter filter, ListQuery query, Grants grants) {
        if (!filter.search().isEmpty() && !grants.has(Permission.WORKSPACES_LOGS_READ_ALL)) {
            // Which texts are found tells what they are.
            throw Problem.forbidden(Permission.WORKSPACES_LOGS_READ_ALL.wire()).exception();
        }
        var page = query.page();
        var found = store.page(filter, page.skip(), page.size());
        return Document.page(ExecutionResource.listed(found), store.count(filter), query);
    }

    Document get(Caller caller, String id) {
        var execution = visible.get(caller, id);
        var grants = access.requireMember(caller, new Scope.Workspace(execution.workspaceId()));
        var open = grants.has(Permission.WORKSPACES_LOGS_READ_ALL);
        Map<String, Payload> shown = Map.of();
        if (open) {
            store.fetchPayloads(execution);
            shown = inputs.shown(execution.errors().keySet());
        }
        var resource = ExecutionResource.whole(execution, shown, open, json);
        return new Document(resource, Map.of("steps_total", stepsTotal(execution)), null, null);
    }

    private static long stepsTotal(Execution execution) {
        return Math.max(execution.steps().size(), execution.messages());
    }
}

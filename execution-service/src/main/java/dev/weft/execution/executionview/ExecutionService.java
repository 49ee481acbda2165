package dev.weft.execution.executionview;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Grants;
import dev.weft.common.access.Permission;
import dev.weft.common.access.Scope;
import dev.weft.common.problem.Problem;
import dev.weft.execution.errorinbox.ErrorInputs;
import dev.weft.execution.execution.Execution;
import dev.weft.execution.execution.ListedExecution;
import dev.weft.execution.execution.MongoExecutionStore;
import dev.weft.execution.execution.VisibleExecutions;
import dev.weft.execution.flow.FlowLookup;
import dev.weft.execution.record.Payload;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;

/**
 * Reading executions. Membership of the workspace opens them; payloads and the words of called servers need {@code
 * workspaces.logs.read_all} (api-v2 11.6, 11.7).
 */
@Service
class ExecutionService {

    /** A page of a list, and how many there are in all. */
    record Found(List<ListedExecution> executions, long total) {}

    /**
     * One execution, as the caller may see it.
     *
     * @param inputs inputs of its errors as they are shown, by error id
     * @param open   whether the caller may see payloads, and what called servers told
     */
    record Seen(Execution execution, Map<String, Payload> inputs, boolean open) {}

    private final MongoExecutionStore store;
    private final VisibleExecutions visible;
    private final ErrorInputs inputs;
    private final FlowLookup flows;
    private final AccessClient access;

    ExecutionService(
            MongoExecutionStore store,
            VisibleExecutions visible,
            ErrorInputs inputs,
            FlowLookup flows,
            AccessClient access) {
        this.store = store;
        this.visible = visible;
        this.inputs = inputs;
        this.flows = flows;
        this.access = access;
    }

    /** @param filter read only once the caller is known to be a member */
    Found ofWorkspace(Caller caller, String workspaceId, Supplier<ListedExecution.Filter> filter, int skip, int size) {
        var grants = access.requireMember(caller, new Scope.Workspace(workspaceId));
        return page(filter.get(), skip, size, grants);
    }

    /** @param filter read only once the caller is known to be a member */
    Found ofFlow(Caller caller, String flowId, Supplier<ListedExecution.Filter> filter, int skip, int size) {
        var flow = flows.get(caller, flowId);
        var grants = access.requireMember(caller, new Scope.Workspace(flow.workspaceId()));
        return page(filter.get(), skip, size, grants);
    }

    private Found page(ListedExecution.Filter filter, int skip, int size, Grants grants) {
        if (!filter.search().isEmpty() && !grants.has(Permission.WORKSPACES_LOGS_READ_ALL)) {
            // A search in texts would tell what they say by whether they are found.
            throw Problem.forbidden(Permission.WORKSPACES_LOGS_READ_ALL.wire()).exception();
        }
        return new Found(store.page(filter, skip, size), store.count(filter));
    }

    Seen get(Caller caller, String id) {
        var execution = visible.get(caller, id);
        var grants = access.requireMember(caller, new Scope.Workspace(execution.workspaceId()));
        var open = grants.has(Permission.WORKSPACES_LOGS_READ_ALL);
        Map<String, Payload> shown = Map.of();
        if (open) {
            store.fetchPayloads(execution, PayloadRoom.MOST_BYTES);
            shown = inputs.shown(execution.errors().keySet());
        }
        return new Seen(execution, shown, open);
    }
}

package dev.weft.execution.usage;

import static dev.weft.common.access.Permission.CONTRACTS_CONTRACT_GET;
import static dev.weft.common.access.Permission.CONTRACTS_WORKSPACE_LIST_ALL;
import static dev.weft.common.access.Permission.WORKSPACES_WORKSPACE_LIST_ALL;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Grants;
import dev.weft.common.access.Scope;
import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.execution.flow.FlowLookup;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;

/** The use cases of usages (api-v2 12). A period is read only once the caller may see what it is about. */
@Service
class UsageService {

    private final MongoUsages usages;
    private final FlowLookup flows;
    private final AccessClient access;

    UsageService(MongoUsages usages, FlowLookup flows, AccessClient access) {
        this.usages = usages;
        this.flows = flows;
        this.access = access;
    }

    Usage ofContract(Caller caller, String contractId, Supplier<UsagePeriod> asked) {
        requireInContract(caller, contractId);
        return total(MongoUsages.CONTRACT, contractId, asked.get());
    }

    Map<String, Usage> historyOfContract(Caller caller, String contractId, Supplier<UsagePeriod> asked) {
        requireInContract(caller, contractId);
        return history(MongoUsages.CONTRACT, contractId, asked.get());
    }

    /** For members of the workspace's contract. */
    Usage ofWorkspace(Caller caller, String workspaceId, Supplier<UsagePeriod> asked) {
        var contract = Ids.isEntity(workspaceId)
                ? access.find(caller, new Scope.Workspace(workspaceId)).map(Grants::contractId)
                : Optional.<String>empty();
        requireInContract(
                caller,
                contract.orElseThrow(
                        () -> Problem.notFound("workspace", workspaceId).exception()));
        return total(MongoUsages.WORKSPACE, workspaceId, asked.get());
    }

    Map<String, Usage> historyOfWorkspace(Caller caller, String workspaceId, Supplier<UsagePeriod> asked) {
        access.requireMemberOr(
                caller, new Scope.Workspace(workspaceId), CONTRACTS_WORKSPACE_LIST_ALL, WORKSPACES_WORKSPACE_LIST_ALL);
        return history(MongoUsages.WORKSPACE, workspaceId, asked.get());
    }

    /** By flow. */
    Map<String, Usage> flowsOfWorkspace(Caller caller, String workspaceId, Supplier<UsagePeriod> asked) {
        access.requireMember(caller, new Scope.Workspace(workspaceId));
        var period = asked.get();
        return usages.byFlow(MongoUsages.WORKSPACE, workspaceId, period);
    }

    Map<String, Usage> historyOfFlow(Caller caller, String flowId, Supplier<UsagePeriod> asked) {
        access.requireMember(
                caller, new Scope.Workspace(flows.get(caller, flowId).workspaceId()));
        return history(MongoUsages.FLOW, flowId, asked.get());
    }

    private void requireInContract(Caller caller, String contractId) {
        access.requireMemberOr(caller, new Scope.Contract(contractId), CONTRACTS_CONTRACT_GET);
    }

    private Usage total(String field, String id, UsagePeriod period) {
        return usages.byDay(field, id, period).values().stream().reduce(Usage.NONE, Usage::plus);
    }

    private Map<String, Usage> history(String field, String id, UsagePeriod period) {
        var history = new TreeMap<String, Usage>();
        usages.byDay(field, id, period).forEach((day, used) -> history.merge(period.groupOf(day), used, Usage::plus));
        return history;
    }
}

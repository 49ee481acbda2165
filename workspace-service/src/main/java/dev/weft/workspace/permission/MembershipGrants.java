package dev.weft.workspace.permission;

import dev.weft.common.access.Caller;
import dev.weft.common.access.Grants;
import dev.weft.common.access.GrantsSource;
import dev.weft.common.access.Scope;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Grants read from the memberships of this service's own store, at each question: here nothing can be stale. */
@Service
final class MembershipGrants implements GrantsSource {

    private final ContractStandings contracts;
    private final WorkspaceStandings workspaces;
    private final GrantRules rules;

    MembershipGrants(ContractStandings contracts, WorkspaceStandings workspaces, RoleBook book) {
        this.contracts = contracts;
        this.workspaces = workspaces;
        this.rules = new GrantRules(book);
    }

    @Override
    public Optional<Grants> grants(Caller caller, Scope scope) {
        return switch (scope) {
            case Scope.Tenant(var id) -> rules.inTenant(caller, id);
            case Scope.Contract(var id) ->
                contracts.inContract(id, caller.id()).flatMap(contract -> rules.inContract(caller, contract));
            case Scope.Workspace(var id) -> inWorkspace(caller, id);
        };
    }

    private Optional<Grants> inWorkspace(Caller caller, String id) {
        // Both standings, from two documents: whether a workspace lets somebody in depends on its contract too.
        return workspaces
                .inWorkspace(id, caller.id())
                .flatMap(workspace -> contracts
                        .inContract(workspace.contractId(), caller.id())
                        .flatMap(contract -> rules.inWorkspace(caller, workspace, contract)));
    }
}

package dev.weft.workspace.departure;

import dev.weft.workspace.membership.MembershipFacts;
import dev.weft.workspace.membership.MembershipSubject;
import dev.weft.workspace.workspace.WorkspaceFacts;
import dev.weft.workspace.workspacerecord.ChangedWorkspace;
import dev.weft.workspace.workspacerecord.Workspace;
import dev.weft.workspace.workspacerecord.WorkspaceRepository;
import org.springframework.stereotype.Service;

/**
 * A deleted user leaves everything (api-v2 4.5): a workspace without another owner is deleted; in the others the oldest
 * other owner takes over. Workspaces first: leaving a contract first would make other members owners of them.
 */
@Service
final class UserDepartures {

    private final WorkspaceRepository workspaces;
    private final ContractLosses contracts;
    private final MembershipFacts facts;
    private final WorkspaceFacts workspaceFacts;

    UserDepartures(
            WorkspaceRepository workspaces,
            ContractLosses contracts,
            MembershipFacts facts,
            WorkspaceFacts workspaceFacts) {
        this.workspaces = workspaces;
        this.contracts = contracts;
        this.facts = facts;
        this.workspaceFacts = workspaceFacts;
    }

    void apply(String userId, String actorId) {
        // Each workspace in a change of its own: a crash in between leaves some to the next delivery of the fact, which
        // finds only those that are left.
        for (var id : workspaces.ofUser(userId)) {
            workspaces.changeIfThere(id, current -> without(current, userId, actorId));
        }
        contracts.leaveAll(userId, actorId);
    }

    private ChangedWorkspace without(Workspace current, String userId, String actorId) {
        if (current.members().hasNoOwnerBut(userId)) {
            return new ChangedWorkspace(current.delete(), workspaceFacts.deleting(current, actorId));
        }
        var subject = MembershipSubject.workspace(
                current.id(), current.tenantId(), current.contractId(), current.revision() + 1);
        return new ChangedWorkspace(
                current.with(current.members().afterLossOf(userId)),
                facts.ended(subject, actorId, userId, current.members().heirOf(userId, userId)));
    }
}

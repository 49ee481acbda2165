package dev.weft.workspace.departure;

import dev.weft.common.deletion.Deletion;
import dev.weft.common.deletion.DeletionParticipant;
import dev.weft.common.deletion.DeletionScope;
import dev.weft.common.deletion.Remainder;
import dev.weft.workspace.membership.MembershipFacts;
import dev.weft.workspace.membership.MembershipSubject;
import dev.weft.workspace.workspace.ContractDepartures;
import dev.weft.workspace.workspace.WorkspaceFacts;
import dev.weft.workspace.workspacerecord.ChangedWorkspace;
import dev.weft.workspace.workspacerecord.Workspace;
import dev.weft.workspace.workspacerecord.WorkspaceRepository;
import java.util.Objects;
import org.springframework.stereotype.Service;

/**
 * A deleted user leaves everything (api-v2 4.5): a workspace without another owner is deleted; in the others the oldest
 * other owner takes over. Workspaces first: leaving a contract first would make other members owners of them. It is done
 * again for a while, so that a membership which a request stored before its process died is found.
 */
@Service
final class UserDepartures implements DeletionParticipant {

    private final WorkspaceRepository workspaces;
    private final ContractLosses contracts;
    private final ContractDepartures departures;
    private final MembershipFacts facts;
    private final WorkspaceFacts workspaceFacts;

    UserDepartures(
            WorkspaceRepository workspaces,
            ContractLosses contracts,
            ContractDepartures departures,
            MembershipFacts facts,
            WorkspaceFacts workspaceFacts) {
        this.workspaces = workspaces;
        this.contracts = contracts;
        this.departures = departures;
        this.facts = facts;
        this.workspaceFacts = workspaceFacts;
    }

    @Override
    public DeletionScope scope() {
        return DeletionScope.USER;
    }

    @Override
    public Remainder clear(Deletion user) {
        apply(user.id(), Objects.requireNonNullElse(user.actorId(), ""));
        return Remainder.NOTHING;
    }

    void apply(String userId, String actorId) {
        // Each workspace in a change of its own: a crash in between leaves some to the next delivery of the fact, which
        // finds only those that are left.
        for (var id : workspaces.ofUser(userId)) {
            if (!hasLeftContractOf(id, userId, actorId)) {
                workspaces.changeIfThere(id, current -> without(current, userId, actorId));
            }
        }
        contracts.leaveAll(userId, actorId);
    }

    /**
     * Whether the user had left the contract before, and so leaves the workspace for that: the fact of it may come after that
     * of the deletion, and what is in the workspace passes on then, which a deletion would have deleted.
     */
    private boolean hasLeftContractOf(String workspaceId, String userId, String actorId) {
        return workspaces
                .find(workspaceId)
                .filter(workspace -> departures.apply(workspace.contractId(), userId, actorId))
                .isPresent();
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

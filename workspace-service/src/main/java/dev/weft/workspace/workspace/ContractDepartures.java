package dev.weft.workspace.workspace;

import dev.weft.workspace.contract.ContractService;
import dev.weft.workspace.membership.MembershipFacts;
import dev.weft.workspace.membership.MembershipSubject;
import dev.weft.workspace.workspacerecord.ChangedWorkspace;
import dev.weft.workspace.workspacerecord.Workspace;
import dev.weft.workspace.workspacerecord.WorkspaceRepository;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Who leaves a contract leaves its workspaces too (api-v2 5.5); a workspace that nobody is left in is deleted. */
@Service
public final class ContractDepartures {

    private final WorkspaceRepository workspaces;
    private final ContractService contracts;
    private final MembershipFacts facts;
    private final WorkspaceFacts workspaceFacts;

    ContractDepartures(
            WorkspaceRepository workspaces,
            ContractService contracts,
            MembershipFacts facts,
            WorkspaceFacts workspaceFacts) {
        this.workspaces = workspaces;
        this.contracts = contracts;
        this.facts = facts;
        this.workspaceFacts = workspaceFacts;
    }

    /**
     * Ends the user's memberships of the contract's workspaces. It may be called twice, or long after the user has left: it
     * looks whether the user is a member of the contract again, and does nothing then. Who makes a user a member of a
     * workspace calls it afterwards, since the end of the contract's membership may have been applied just before.
     *
     * @return false when the user is a member of the contract, so nothing has ended
     */
    public boolean apply(String contractId, String userId, String actorId) {
        var isBack = contracts
                .find(contractId)
                .filter(contract -> contract.members().has(userId))
                .isPresent();
        if (isBack) {
            return false;
        }
        for (var id : workspaces.ofMember(contractId, userId)) {
            workspaces.changeIfThere(id, current -> without(current, userId, actorId));
        }
        return true;
    }

    private ChangedWorkspace without(Workspace current, String userId, String actorId) {
        var left = current.members().afterLossOf(userId);
        if (left.all().isEmpty()) {
            return new ChangedWorkspace(current.delete(), workspaceFacts.deleting(current, actorId));
        }
        var subject = MembershipSubject.workspace(
                current.id(), current.tenantId(), current.contractId(), current.revision() + 1);
        Optional<String> heir = current.members().heirOf(userId, actorId).or(() -> left.heirOf(userId, actorId));
        return new ChangedWorkspace(current.with(left), facts.ended(subject, actorId, userId, heir));
    }
}

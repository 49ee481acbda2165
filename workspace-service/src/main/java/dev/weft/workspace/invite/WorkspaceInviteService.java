package dev.weft.workspace.invite;

import static dev.weft.common.access.Permission.CONTRACTS_MEMBERSHIP_EDIT;
import static dev.weft.common.access.Permission.TENANTS_WORKSPACE_EDIT_MEMBERSHIP;
import static dev.weft.common.access.Permission.WORKSPACES_WORKSPACE_EDIT;
import static dev.weft.common.access.Permission.WORKSPACES_WORKSPACE_LIST_ALL;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Scope;
import dev.weft.common.id.Ids;
import dev.weft.workspace.contractrecord.Contract;
import dev.weft.workspace.inviterecord.Invite;
import dev.weft.workspace.inviterecord.Invite.InvitedWorkspace;
import dev.weft.workspace.inviterecord.InviteRepository;
import dev.weft.workspace.mail.MailKind;
import dev.weft.workspace.membership.OwnerRight;
import dev.weft.workspace.workspace.WorkspaceProblem;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;

/** The use cases of a workspace's invites (api-v2 6.1): they lead into its contract, too. */
@Service
class WorkspaceInviteService {

    /** What who is invited to a workspace becomes in its contract, unless a member already. */
    private static final String IN_CONTRACT = "member";

    private final InviteRepository invites;
    private final InvitePlace place;
    private final InviteMaking making;
    private final AccessClient access;
    private final Ids ids;
    private final Clock clock;

    WorkspaceInviteService(
            InviteRepository invites,
            InvitePlace place,
            InviteMaking making,
            AccessClient access,
            Ids ids,
            Clock clock) {
        this.invites = invites;
        this.place = place;
        this.making = making;
        this.access = access;
        this.ids = ids;
        this.clock = clock;
    }

    List<Invite> list(Caller caller, String workspaceId) {
        requireToRead(caller, workspaceId);
        return invites.ofWorkspace(workspaceId);
    }

    Invite get(Caller caller, String workspaceId, String id) {
        var found = requireThere(caller, workspaceId, id);
        requireToRead(caller, workspaceId);
        return found;
    }

    private void requireToRead(Caller caller, String workspaceId) {
        access.requireMemberOr(caller, new Scope.Workspace(workspaceId), WORKSPACES_WORKSPACE_LIST_ALL);
    }

    Invite create(Caller caller, String workspaceId, Supplier<InviteWish> document) {
        var scope = new Scope.Workspace(workspaceId);
        // Both permissions before the status of the contract: who lacks one learns nothing else.
        access.requireToRead(caller, WORKSPACES_WORKSPACE_EDIT, scope);
        access.requireToRead(caller, CONTRACTS_MEMBERSHIP_EDIT, scope);
        var grants = access.require(caller, WORKSPACES_WORKSPACE_EDIT, scope);
        var workspace = place.workspace(workspaceId);
        var contract = place.contract(workspace.contractId());
        var wish = document.get();
        var invitee = place.judged(contract, wish.email(), wish.faults());
        InviteWish.requireAssignable(
                wish.workspaceRoles(), place.workspaceRoles(contract), InviteProblem.ROLES, wish.faults());
        wish.faults().orThrow();
        var known = Objects.requireNonNull(invitee);
        var roles = Objects.requireNonNull(wish.workspaceRoles());
        new OwnerRight(
                        caller,
                        grants.has(TENANTS_WORKSPACE_EDIT_MEMBERSHIP)
                                || contract.members().isOwner(caller.id()))
                .requireToInvite(workspace.members(), List.of(), roles);
        place.requireOfTenant(known, contract.tenantId());
        if (known.user() != null && workspace.members().has(known.user().id())) {
            throw InviteProblem.isMember().exception();
        }
        var invite = new Invite(
                ids.next(),
                contract.tenantId(),
                contract.id(),
                known.email(),
                workspaceId,
                contractRoles(contract, known),
                new InvitedWorkspace(workspaceId, roles),
                caller.id(),
                clock.instant(),
                0);
        // Who becomes a member of the contract meanwhile may still enter the workspace: nobody is looked for again.
        return making.make(
                invite,
                null,
                MailKind.WORKSPACE_INVITE,
                Map.of("workspace", workspace.name(), "contract", contract.name()));
    }

    private List<String> contractRoles(Contract contract, Invitee invitee) {
        if (invitee.user() != null && contract.members().has(invitee.user().id())) {
            return List.of();
        }
        var roles = List.of(IN_CONTRACT);
        place.requireOwnerFirst(contract, roles, "");
        if (!place.contractRoles(contract).contains(IN_CONTRACT)) {
            throw InviteProblem.noWayIn().exception();
        }
        return roles;
    }

    /**
     * Ends the whole invite, also one that was made in the contract: its token stops working. Possible in a suspended
     * contract too.
     */
    void withdraw(Caller caller, String workspaceId, String id) {
        requireThere(caller, workspaceId, id);
        access.requireToRead(caller, WORKSPACES_WORKSPACE_EDIT, new Scope.Workspace(workspaceId));
        if (!making.end(id)) {
            throw InviteProblem.unknown(id).exception();
        }
    }

    private Invite requireThere(Caller caller, String workspaceId, String id) {
        if (access.find(caller, new Scope.Workspace(workspaceId)).isEmpty()) {
            throw WorkspaceProblem.unknown(workspaceId).exception();
        }
        return invites.find(id)
                .filter(invite -> invite.isFor(workspaceId))
                .orElseThrow(() -> InviteProblem.unknown(id).exception());
    }
}

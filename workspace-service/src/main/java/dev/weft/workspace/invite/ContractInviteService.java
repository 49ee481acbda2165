package dev.weft.workspace.invite;

import static dev.weft.common.access.Permission.CONTRACTS_CONTRACT_GET;
import static dev.weft.common.access.Permission.CONTRACTS_MEMBERSHIP_EDIT;
import static dev.weft.common.access.Permission.CONTRACTS_MEMBERSHIP_EDIT_DIRECTLY;
import static dev.weft.common.access.Permission.TENANTS_WORKSPACE_EDIT_MEMBERSHIP;
import static dev.weft.common.access.Permission.WORKSPACES_WORKSPACE_EDIT;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Grants;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.access.Scope;
import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.workspace.contract.ContractProblem;
import dev.weft.workspace.contractrecord.Contract;
import dev.weft.workspace.inviterecord.Invite;
import dev.weft.workspace.inviterecord.Invite.InvitedWorkspace;
import dev.weft.workspace.inviterecord.InviteRepository;
import dev.weft.workspace.mail.MailKind;
import dev.weft.workspace.membership.OwnerRight;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The use cases of a contract's invites (api-v2 5.5). */
@Service
class ContractInviteService {

    private final InviteRepository invites;
    private final InvitePlace place;
    private final InviteMaking making;
    private final AccessClient access;
    private final Ids ids;
    private final Clock clock;

    ContractInviteService(
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

    List<Invite> list(Caller caller, String contractId) {
        access.requireMemberOr(caller, new Scope.Contract(contractId), CONTRACTS_CONTRACT_GET);
        return invites.ofContract(contractId);
    }

    /** Whether an invite of that id exists in the caller's tenant. */
    @OpenToAll("says no more than that an id is taken")
    boolean exists(Caller caller, String id) {
        return invites.find(id).filter(invite -> caller.sees(invite.tenantId())).isPresent();
    }

    Invite create(Caller caller, String contractId, Supplier<InviteWish> document) {
        var grants = requireToEdit(caller, contractId);
        var contract = place.contract(contractId);
        var wish = document.get();
        var invitee = place.judged(contract, wish.email(), wish.faults());
        requireValues(wish, contract);
        var roles = Objects.requireNonNull(wish.roles());
        var workspace = workspace(caller, contract, wish, null);
        requireOwnerRights(caller, grants, contract, List.of(), roles);
        requireOwnerRights(caller, contract, null, workspace);
        var known = Objects.requireNonNull(invitee);
        place.requireOfTenant(known, contract.tenantId());
        if (known.user() != null && contract.members().has(known.user().id())) {
            throw InviteProblem.isMember().exception();
        }
        place.requireOwnerFirst(contract, roles, "");
        var invite = new Invite(
                ids.next(),
                contract.tenantId(),
                contractId,
                known.email(),
                contractId,
                roles,
                workspace,
                caller.id(),
                clock.instant(),
                0);
        return making.make(invite, known, MailKind.CONTRACT_INVITE, Map.of("contract", contract.name()));
    }

    Invite change(Caller caller, String contractId, String id, Supplier<InviteWish> document) {
        var present = requireThere(caller, contractId, id);
        var grants = requireToEdit(caller, contractId);
        var contract = place.contract(contractId);
        var wish = document.get();
        requireValues(wish, contract);
        if (wish.workspaceRoles() != null && wish.workspaceId() == null && present.workspace() == null) {
            throw InviteProblem.rolesWithoutWorkspace().exception();
        }
        var roles = wish.roles() == null ? present.roles() : wish.roles();
        var workspace = workspace(caller, contract, wish, present.workspace());
        requireOwnerRights(caller, grants, contract, present.roles(), roles);
        requireOwnerRights(caller, contract, present.workspace(), workspace);
        place.requireOwnerFirst(contract, roles, id);
        return making.change(present.with(roles, workspace));
    }

    /** Possible in a suspended contract too: taking access away must be (api-v2 5.3). */
    void withdraw(Caller caller, String contractId, String id) {
        requireThere(caller, contractId, id);
        var grants = access.find(caller, new Scope.Contract(contractId))
                .orElseThrow(() -> ContractProblem.unknown(contractId).exception());
        // By hand and not by requireAny, which refuses in a suspended contract.
        if (!grants.has(CONTRACTS_MEMBERSHIP_EDIT) && !grants.has(CONTRACTS_MEMBERSHIP_EDIT_DIRECTLY)) {
            throw Problem.forbidden(CONTRACTS_MEMBERSHIP_EDIT.wire()).exception();
        }
        if (!making.end(id)) {
            throw InviteProblem.unknown(id).exception();
        }
    }

    private Grants requireToEdit(Caller caller, String contractId) {
        return access.requireAny(
                caller, new Scope.Contract(contractId), CONTRACTS_MEMBERSHIP_EDIT, CONTRACTS_MEMBERSHIP_EDIT_DIRECTLY);
    }

    private Invite requireThere(Caller caller, String contractId, String id) {
        if (access.find(caller, new Scope.Contract(contractId)).isEmpty()) {
            throw ContractProblem.unknown(contractId).exception();
        }
        return invites.find(id)
                .filter(invite -> invite.contractId().equals(contractId) && invite.isForContract())
                .orElseThrow(() -> InviteProblem.unknown(id).exception());
    }

    private void requireValues(InviteWish wish, Contract contract) {
        InviteWish.requireAssignable(wish.roles(), place.contractRoles(contract), InviteProblem.ROLES, wish.faults());
        InviteWish.requireAssignable(
                wish.workspaceRoles(), place.workspaceRoles(contract), InviteProblem.WORKSPACE_ROLES, wish.faults());
        wish.faults().orThrow();
    }

    /** Where the invite leads besides; whoever says so must be able to let people in there. */
    private @Nullable InvitedWorkspace workspace(
            Caller caller, Contract contract, InviteWish wish, @Nullable InvitedWorkspace present) {
        if (wish.workspaceId() == null && wish.workspaceRoles() == null) {
            return present;
        }
        var id = wish.workspaceId() == null ? Objects.requireNonNull(present).id() : wish.workspaceId();
        var isPresent = present != null && present.id().equals(id);
        if (wish.workspaceRoles() == null && !isPresent) {
            throw Problem.invalid(InviteProblem.WORKSPACE_ROLES, "workspace_roles is required.")
                    .exception();
        }
        if (place.workspaceOf(contract, id).isEmpty()) {
            throw InviteProblem.unknownWorkspace().exception();
        }
        access.require(caller, WORKSPACES_WORKSPACE_EDIT, new Scope.Workspace(id));
        return new InvitedWorkspace(
                id,
                wish.workspaceRoles() == null ? Objects.requireNonNull(present).roles() : wish.workspaceRoles());
    }

    private static void requireOwnerRights(
            Caller caller, Grants grants, Contract contract, List<String> before, List<String> after) {
        new OwnerRight(caller, grants.has(CONTRACTS_MEMBERSHIP_EDIT_DIRECTLY))
                .requireToInvite(contract.members(), before, after);
    }

    private void requireOwnerRights(
            Caller caller, Contract contract, @Nullable InvitedWorkspace before, @Nullable InvitedWorkspace after) {
        if (after == null || after.equals(before)) {
            return;
        }
        var held = before != null && before.id().equals(after.id()) ? before.roles() : List.<String>of();
        var holds = access.find(caller, new Scope.Workspace(after.id()))
                .filter(grants -> grants.has(TENANTS_WORKSPACE_EDIT_MEMBERSHIP))
                .isPresent();
        new OwnerRight(caller, holds || contract.members().isOwner(caller.id()))
                .requireToInvite(place.workspace(after.id()).members(), held, after.roles());
    }
}

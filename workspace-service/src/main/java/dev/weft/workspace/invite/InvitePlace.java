package dev.weft.workspace.invite;

import dev.weft.common.problem.RequestFaults;
import dev.weft.workspace.contract.ContractProblem;
import dev.weft.workspace.contractrecord.Contract;
import dev.weft.workspace.contractrecord.ContractRepository;
import dev.weft.workspace.inviterecord.InviteRepository;
import dev.weft.workspace.permission.RoleBook;
import dev.weft.workspace.permission.RoleName;
import dev.weft.workspace.workspace.WorkspaceProblem;
import dev.weft.workspace.workspacerecord.Workspace;
import dev.weft.workspace.workspacerecord.WorkspaceRepository;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** A contract or workspace as the place that people are invited to: who is there, and which roles there are. */
@Service
public final class InvitePlace {

    private final ContractRepository contracts;
    private final WorkspaceRepository workspaces;
    private final InviteRepository invites;
    private final Invitees invitees;
    private final RoleBook book;

    InvitePlace(
            ContractRepository contracts,
            WorkspaceRepository workspaces,
            InviteRepository invites,
            Invitees invitees,
            RoleBook book) {
        this.contracts = contracts;
        this.workspaces = workspaces;
        this.invites = invites;
        this.invitees = invitees;
        this.book = book;
    }

    public Optional<Contract> contractIfThere(String id) {
        return contracts.find(id);
    }

    Contract contract(String id) {
        return contractIfThere(id).orElseThrow(() -> ContractProblem.unknown(id).exception());
    }

    Workspace workspace(String id) {
        return workspaces
                .find(id)
                .orElseThrow(() -> WorkspaceProblem.unknown(id).exception());
    }

    Optional<Workspace> workspaceOf(Contract contract, String workspaceId) {
        return workspaces
                .find(workspaceId)
                .filter(workspace -> workspace.contractId().equals(contract.id()));
    }

    Set<String> contractRoles(Contract contract) {
        return book.assignable(contract.tenantId(), RoleName.CONTRACTS, contract.availableRoles());
    }

    Set<String> workspaceRoles(Contract contract) {
        return book.assignable(contract.tenantId(), RoleName.WORKSPACES, contract.availableRoles());
    }

    public boolean offers(Contract contract, List<RoleName> roles) {
        return book.available(contract.tenantId(), contract.availableRoles()).stream()
                .map(role -> role.name())
                .toList()
                .containsAll(roles);
    }

    /** Who has the address; notes it as a fault when nobody can have it. Null when none was sent. */
    @Nullable
    Invitee judged(Contract contract, @Nullable String email, RequestFaults faults) {
        if (email == null) {
            return null;
        }
        var invitee = invitees.find(contract.tenantId(), email);
        if (!invitee.valid()) {
            faults.add(InviteProblem.EMAIL, "email must be an e-mail address.");
        } else if (invitee.user() == null && invitee.refused()) {
            faults.add(InviteProblem.EMAIL, "This tenant takes no addresses of that domain.");
        }
        return invitee;
    }

    public void requireOfTenant(Invitee invitee, String tenantId) {
        if (invitee.user() != null && !invitee.isOf(tenantId)) {
            throw InviteProblem.isTaken().exception();
        }
    }

    /** Whoever is the first, as member or by invite, is an owner (api-v2 3.4). */
    void requireOwnerFirst(Contract contract, List<String> roles, String inviteId) {
        var isFirst = contract.members().all().isEmpty()
                && invites.ofContract(contract.id()).stream()
                        .filter(other -> !other.id().equals(inviteId))
                        .noneMatch(other -> other.roles().contains("owner"));
        if (isFirst && !roles.contains("owner")) {
            throw InviteProblem.ownerFirst().exception();
        }
    }
}

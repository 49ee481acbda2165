package dev.weft.workspace.member;

import static dev.weft.common.access.Permission.CONTRACTS_MEMBERSHIP_EDIT;
import static dev.weft.common.access.Permission.CONTRACTS_MEMBERSHIP_EDIT_DIRECTLY;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Grants;
import dev.weft.common.access.Scope;
import dev.weft.common.problem.Problem;
import dev.weft.workspace.contract.Contract;
import dev.weft.workspace.contract.ContractProblem;
import dev.weft.workspace.contract.ContractRepository;
import dev.weft.workspace.contract.ContractService.ContractWorkspaces;
import dev.weft.workspace.membership.MemberProfiles;
import dev.weft.workspace.membership.MemberRequest;
import dev.weft.workspace.membership.MemberView;
import dev.weft.workspace.membership.MembershipFacts;
import dev.weft.workspace.membership.OwnerRight;
import dev.weft.workspace.permission.RoleBook;
import dev.weft.workspace.permission.RoleName;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;

/** The use cases of a contract's members (api-v2 5.5). */
@Service
class ContractMemberService {

    private final ContractRepository contracts;
    private final ContractWorkspaces workspaces;
    private final MemberProfiles profiles;
    private final MembershipFacts facts;
    private final RoleBook book;
    private final AccessClient access;
    private final Clock clock;

    ContractMemberService(
            ContractRepository contracts,
            ContractWorkspaces workspaces,
            MemberProfiles profiles,
            MembershipFacts facts,
            RoleBook book,
            AccessClient access,
            Clock clock) {
        this.contracts = contracts;
        this.workspaces = workspaces;
        this.profiles = profiles;
        this.facts = facts;
        this.book = book;
        this.access = access;
        this.clock = clock;
    }

    /** Adds a registered user without invitation. */
    MemberView add(Caller caller, String id, MemberRequest request) {
        access.require(caller, CONTRACTS_MEMBERSHIP_EDIT_DIRECTLY, new Scope.Contract(id));
        var contract = get(id);
        var wish = request.joining(assignable(contract));
        var userId = wish.userId();
        if (profiles.find(caller, contract.tenantId(), userId).isEmpty()) {
            throw ContractProblem.unknownUser(userId).exception();
        }
        var saved = contracts.change(id, current -> {
            requireAllowed(current, wish.roles());
            var members =
                    current.members().add(userId, wish.roles(), clock.instant()).orThrow();
            return new ContractRepository.Changed(
                    current.with(members), facts.changed(subject(current), caller.id(), userId, wish.roles()));
        });
        // Told after the membership is stored, for the same reason as a support user: either this call finds the user,
        // or the deletion of the user finds the membership.
        var profile = profiles.joined(caller, userId).orElse(null);
        if (profile == null) {
            takeBack(caller, id, userId);
            throw ContractProblem.unknownUser(userId).exception();
        }
        return new MemberView(saved.members().get(userId), profile);
    }

    /** The user was deleted while becoming a member. */
    private void takeBack(Caller caller, String id, String userId) {
        contracts.change(
                id,
                current -> new ContractRepository.Changed(
                        current.with(current.members().afterLossOf(userId)),
                        facts.ended(subject(current), caller.id(), userId, Optional.empty())));
    }

    MemberView changeRoles(Caller caller, String id, String userId, MemberRequest request) {
        requireMemberIsThere(caller, id, userId);
        var owners = ownerRight(caller, access.require(caller, CONTRACTS_MEMBERSHIP_EDIT, new Scope.Contract(id)));
        var roles = request.changing(userId, assignable(get(id)));
        var saved = contracts.change(id, current -> {
            // On the members as they are now: the caller may have ceased to be owner since the request came in.
            requireAllowed(current, roles);
            owners.require(current.members(), userId, roles);
            var members = current.members().changeRoles(userId, roles).orThrow();
            return new ContractRepository.Changed(
                    current.with(members), facts.changed(subject(current), caller.id(), userId, roles));
        });
        return MemberView.of(caller, saved.members(), userId, profiles);
    }

    /** Possible in a suspended contract too: taking access away must be (api-v2 5.3). */
    void remove(Caller caller, String id, String userId) {
        requireMemberIsThere(caller, id, userId);
        var grants = access.find(caller, new Scope.Contract(id))
                .orElseThrow(() -> ContractProblem.unknown(id).exception());
        // By hand and not by require, which refuses in a suspended contract.
        if (!grants.has(CONTRACTS_MEMBERSHIP_EDIT) && !grants.has(CONTRACTS_MEMBERSHIP_EDIT_DIRECTLY)) {
            throw Problem.forbidden(CONTRACTS_MEMBERSHIP_EDIT.wire()).exception();
        }
        var owners = ownerRight(caller, grants);
        contracts.change(id, current -> {
            owners.require(current.members(), userId, List.of());
            var members = current.members().removeEvenTheOnly(userId).orThrow();
            if (!members.all().isEmpty()) {
                // Only when others stay: who leaves an empty contract behind leaves nobody who could own its
                // workspaces.
                requireWorkspacesKeepOwners(id, userId);
            }
            var heir = current.members().heirOf(userId, caller.id());
            return new ContractRepository.Changed(
                    current.with(members), facts.ended(subject(current), caller.id(), userId, heir));
        });
    }

    /** Whoever adds members without asking them holds the right in the whole tenant. */
    private static OwnerRight ownerRight(Caller caller, Grants grants) {
        return new OwnerRight(caller, grants.has(CONTRACTS_MEMBERSHIP_EDIT_DIRECTLY));
    }

    private void requireWorkspacesKeepOwners(String id, String userId) {
        var orphaned = workspaces.ownedOnlyBy(id, userId);
        if (!orphaned.isEmpty()) {
            throw ContractProblem.ownsWorkspaces(orphaned).exception();
        }
    }

    private void requireMemberIsThere(Caller caller, String id, String userId) {
        if (access.find(caller, new Scope.Contract(id)).isEmpty()) {
            throw ContractProblem.unknown(id).exception();
        }
        get(id).members().get(userId);
    }

    private Contract get(String id) {
        return contracts.find(id).orElseThrow(() -> ContractProblem.unknown(id).exception());
    }

    private Set<String> assignable(Contract contract) {
        return book.assignable(contract.tenantId(), RoleName.CONTRACTS, contract.availableRoles());
    }

    /** The contract may have dropped a role since the request was read. */
    private static void requireAllowed(Contract contract, List<String> roles) {
        for (var role : roles) {
            if (!contract.allows(RoleName.ofContract(role))) {
                throw ContractProblem.roleDropped(role).exception();
            }
        }
    }

    private static MembershipFacts.Subject subject(Contract contract) {
        return MembershipFacts.Subject.contract(contract.id(), contract.tenantId(), contract.revision() + 1);
    }
}

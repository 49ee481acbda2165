package dev.weft.workspace.member;

import static dev.weft.common.access.Permission.CONTRACTS_MEMBERSHIP_EDIT;
import static dev.weft.common.access.Permission.CONTRACTS_MEMBERSHIP_EDIT_DIRECTLY;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Scope;
import dev.weft.common.problem.Problem;
import dev.weft.workspace.contract.ContractProblem;
import dev.weft.workspace.contractrecord.ChangedContract;
import dev.weft.workspace.contractrecord.ContractRepository;
import dev.weft.workspace.contractrecord.ContractWorkspaces;
import dev.weft.workspace.inviterecord.InviteRepository;
import dev.weft.workspace.memberprofile.MemberProfiles;
import dev.weft.workspace.membership.MemberView;
import dev.weft.workspace.membership.MemberWish;
import dev.weft.workspace.membership.MembershipFacts;
import dev.weft.workspace.permission.RoleBook;
import dev.weft.workspace.policy.RoleKeeping;
import dev.weft.workspace.room.ContractRoom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;

/** The use cases of a contract's members (api-v2 5.5). */
@Service
class ContractMemberService {

    private final ContractRepository contracts;
    private final ContractMemberPlace place;
    private final MemberProfiles profiles;
    private final InviteRepository invites;
    private final MembershipFacts facts;
    private final ContractRoom room;
    private final AccessClient access;
    private final Clock clock;

    ContractMemberService(
            ContractRepository contracts,
            ContractWorkspaces workspaces,
            MemberProfiles profiles,
            InviteRepository invites,
            MembershipFacts facts,
            RoleBook book,
            RoleKeeping keeping,
            ContractRoom room,
            AccessClient access,
            Clock clock) {
        this.contracts = contracts;
        this.place = new ContractMemberPlace(contracts, workspaces, book, keeping, access);
        this.profiles = profiles;
        this.invites = invites;
        this.facts = facts;
        this.room = room;
        this.access = access;
        this.clock = clock;
    }

    /** Adds a registered user without invitation. */
    MemberView add(Caller caller, String id, Supplier<MemberWish> document) {
        access.require(caller, CONTRACTS_MEMBERSHIP_EDIT_DIRECTLY, new Scope.Contract(id));
        var contract = place.get(id);
        var wish = place.fitting(document.get(), contract);
        var userId = wish.userId();
        if (profiles.find(caller, contract.tenantId(), userId).isEmpty()) {
            throw ContractProblem.unknownUser(userId).exception();
        }
        var saved = place.giving(
                contract,
                wish.roles(),
                () -> contracts.change(id, current -> {
                    ContractMemberPlace.requireAllowed(current, wish.roles());
                    var members = current.members()
                            .add(userId, wish.roles(), clock.instant())
                            .orThrow();
                    room.requireRoom(current, members.all().size());
                    return new ChangedContract(
                            current.with(members),
                            facts.changed(ContractMemberPlace.subject(current), caller.id(), userId, wish.roles()));
                }));
        // Told after the membership is stored, for the same reason as a support user: either this call finds the user,
        // or the deletion of the user finds the membership.
        var profile = profiles.joined(caller, userId).orElse(null);
        if (profile == null) {
            takeBack(caller, id, userId);
            throw ContractProblem.unknownUser(userId).exception();
        }
        invites.removeJoined(id, profile.email());
        return new MemberView(saved.members().get(userId), profile);
    }

    /** The user was deleted while becoming a member. */
    private void takeBack(Caller caller, String id, String userId) {
        contracts.change(
                id,
                current -> new ChangedContract(
                        current.with(current.members().afterLossOf(userId)),
                        facts.ended(ContractMemberPlace.subject(current), caller.id(), userId, Optional.empty())));
    }

    MemberView changeRoles(Caller caller, String id, String userId, Supplier<MemberWish> document) {
        place.requireMemberIsThere(caller, id, userId);
        var owners = ContractMemberPlace.ownerRight(
                caller, access.require(caller, CONTRACTS_MEMBERSHIP_EDIT, new Scope.Contract(id)));
        var contract = place.get(id);
        var roles = place.fitting(document.get(), contract).roles();
        var saved = place.giving(
                contract,
                roles,
                () -> contracts.change(id, current -> {
                    // On the members as they are now: the caller may have ceased to be owner since the request came in.
                    ContractMemberPlace.requireAllowed(current, roles);
                    owners.require(current.members(), userId, roles);
                    var members = current.members().changeRoles(userId, roles).orThrow();
                    return new ChangedContract(
                            current.with(members),
                            facts.changed(ContractMemberPlace.subject(current), caller.id(), userId, roles));
                }));
        return MemberView.of(caller, saved.members(), userId, profiles);
    }

    /** Possible in a suspended contract too: taking access away must be (api-v2 5.3). */
    void remove(Caller caller, String id, String userId) {
        place.requireMemberIsThere(caller, id, userId);
        var grants = access.find(caller, new Scope.Contract(id))
                .orElseThrow(() -> ContractProblem.unknown(id).exception());
        // By hand and not by require, which refuses in a suspended contract.
        if (!grants.has(CONTRACTS_MEMBERSHIP_EDIT) && !grants.has(CONTRACTS_MEMBERSHIP_EDIT_DIRECTLY)) {
            throw Problem.forbidden(CONTRACTS_MEMBERSHIP_EDIT.wire()).exception();
        }
        var owners = ContractMemberPlace.ownerRight(caller, grants);
        contracts.change(id, current -> {
            owners.require(current.members(), userId, List.of());
            var members = current.members().removeEvenTheOnly(userId).orThrow();
            if (!members.all().isEmpty()) {
                // Only when others stay: who leaves an empty contract behind leaves nobody who could own its
                // workspaces.
                place.requireWorkspacesKeepOwners(id, userId);
            }
            var heir = current.members().heirOf(userId, caller.id());
            return new ChangedContract(
                    current.with(members),
                    facts.ended(ContractMemberPlace.subject(current), caller.id(), userId, heir));
        });
    }
}

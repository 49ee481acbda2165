package dev.weft.workspace.support;

import dev.weft.common.access.Caller;
import dev.weft.workspace.contractrecord.ChangedContract;
import dev.weft.workspace.contractrecord.Contract;
import dev.weft.workspace.contractrecord.ContractRepository;
import dev.weft.workspace.memberprofile.MemberProfiles;
import dev.weft.workspace.membership.MembersChange;
import dev.weft.workspace.membership.MembershipFacts;
import dev.weft.workspace.membership.MembershipSubject;
import dev.weft.workspace.workspacerecord.WorkspaceRepository;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** The support user as a member of contracts: in one for as long as in a workspace of it. */
@Service
final class SupportPlaces {

    private static final List<String> OWNER = List.of("owner");

    private final ContractRepository contracts;
    private final WorkspaceRepository workspaces;
    private final MemberProfiles profiles;
    private final MembershipFacts facts;
    private final Clock clock;

    SupportPlaces(
            ContractRepository contracts,
            WorkspaceRepository workspaces,
            MemberProfiles profiles,
            MembershipFacts facts,
            Clock clock) {
        this.contracts = contracts;
        this.workspaces = workspaces;
        this.profiles = profiles;
        this.facts = facts;
        this.clock = clock;
    }

    /** As owner, unless the user is a member already, with whatever roles. */
    public void join(Caller caller, String contractId, String userId) {
        contracts.change(
                contractId,
                current -> current.members().has(userId)
                        ? unchanged(current)
                        : new ChangedContract(
                                current.with(current.members()
                                        .add(userId, OWNER, clock.instant())
                                        .orThrow()),
                                facts.changed(subject(current), caller.id(), userId, OWNER)));
        // Told after the membership is stored, as with every new member: either this finds the user, or the deletion of
        // the user finds the membership.
        if (profiles.joined(caller, userId).isEmpty()) {
            takeBack(caller, contractId, userId);
            throw SupportProblem.nobodySupports().exception();
        }
    }

    private void takeBack(Caller caller, String contractId, String userId) {
        contracts.change(
                contractId,
                current -> new ChangedContract(
                        current.with(current.members().afterLossOf(userId)),
                        facts.ended(subject(current), caller.id(), userId, Optional.empty())));
    }

    /**
     * Whether the user is a member. It moves the contract's revision: a removal that was decided before the user entered
     * the workspace is then decided anew, and finds the user there.
     */
    public boolean confirm(String contractId, String userId) {
        return contracts.change(contractId, SupportPlaces::unchanged).members().has(userId);
    }

    /** Before anything is changed: a request that is refused in the end leaves nothing behind. */
    public void requireContractKeepsOwner(Contract contract, String workspaceId, String userId) {
        var others = workspaces.ofMember(contract.id(), userId).stream()
                .filter(id -> !id.equals(workspaceId))
                .toList();
        if (others.isEmpty()
                && contract.members().isOwner(userId)
                && contract.members().hasNoOwnerBut(userId)) {
            throw SupportProblem.lastOwnerOfContract().exception();
        }
    }

    /**
     * Ends the membership of the contract when the user is in no workspace of it any more. May be called twice, or late:
     * who was made a member after {@code revoked} stays one.
     */
    public void leave(String contractId, String userId, String actorId, Instant revoked) {
        contracts.changeIfThere(contractId, current -> left(current, userId, actorId, revoked));
    }

    private ChangedContract left(Contract current, String userId, String actorId, Instant revoked) {
        var member =
                current.members().find(userId).filter(found -> !found.since().isAfter(revoked));
        // Asked within the decision, which is taken again when somebody has confirmed the membership meanwhile.
        if (member.isEmpty() || !workspaces.ofMember(current.id(), userId).isEmpty()) {
            return unchanged(current);
        }
        return switch (current.members().remove(userId)) {
            case MembersChange.Accepted(var left) ->
                new ChangedContract(
                        current.with(left),
                        facts.ended(
                                subject(current),
                                actorId,
                                userId,
                                current.members().heirOf(userId, actorId)));
            // The other owners have gone since; a contract keeps its last owner, whoever that is.
            case MembersChange.Refused _ -> unchanged(current);
        };
    }

    private static ChangedContract unchanged(Contract contract) {
        return new ChangedContract(contract, List.of());
    }

    private static MembershipSubject subject(Contract contract) {
        return MembershipSubject.contract(contract.id(), contract.tenantId(), contract.revision() + 1);
    }
}

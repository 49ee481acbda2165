package dev.weft.workspace.acceptance;

import dev.weft.common.problem.ProblemException;
import dev.weft.common.token.ServiceTokens;
import dev.weft.workspace.contractrecord.ChangedContract;
import dev.weft.workspace.contractrecord.Contract;
import dev.weft.workspace.contractrecord.ContractRepository;
import dev.weft.workspace.invite.InvitePlace;
import dev.weft.workspace.invite.InviteProblem;
import dev.weft.workspace.inviterecord.Invite;
import dev.weft.workspace.inviterecord.Invite.InvitedWorkspace;
import dev.weft.workspace.memberprofile.MemberProfile;
import dev.weft.workspace.memberprofile.MemberProfiles;
import dev.weft.workspace.membership.Member;
import dev.weft.workspace.membership.MemberView;
import dev.weft.workspace.membership.MembershipFacts;
import dev.weft.workspace.membership.MembershipSubject;
import dev.weft.workspace.room.ContractRoom;
import dev.weft.workspace.workspace.ContractDepartures;
import dev.weft.workspace.workspacerecord.ChangedWorkspace;
import dev.weft.workspace.workspacerecord.Workspace;
import dev.weft.workspace.workspacerecord.WorkspaceRepository;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Service;

/** How who has accepted an invite becomes a member of its contract, and of its workspace. It may be done again. */
@Service
final class Joining {

    private final ContractRepository contracts;
    private final WorkspaceRepository workspaces;
    private final InvitePlace place;
    private final ContractDepartures departures;
    private final MemberProfiles profiles;
    private final MembershipFacts facts;
    private final ContractRoom room;
    private final ServiceTokens self;
    private final Clock clock;

    Joining(
            ContractRepository contracts,
            WorkspaceRepository workspaces,
            InvitePlace place,
            ContractDepartures departures,
            MemberProfiles profiles,
            MembershipFacts facts,
            ContractRoom room,
            ServiceTokens self,
            Clock clock) {
        this.contracts = contracts;
        this.workspaces = workspaces;
        this.place = place;
        this.departures = departures;
        this.profiles = profiles;
        this.facts = facts;
        this.room = room;
        this.self = self;
        this.clock = clock;
    }

    /** @param isStillOffered asked at the last moment before the membership is stored */
    AcceptedInvite join(Invite invite, String userId, BooleanSupplier isStillOffered) {
        var ofContract = enterContract(invite, userId, isStillOffered);
        var profile = known(invite, userId);
        var workspace = invite.workspace();
        var ofWorkspace =
                workspace == null ? Optional.<Member>empty() : enterWorkspace(invite.contractId(), workspace, userId);
        if (ofWorkspace.isEmpty() && !invite.isForContract()) {
            throw InviteProblem.gone().exception();
        }
        return ofWorkspace
                .filter(_ -> invite.isMadeInWorkspace())
                .map(member -> new AcceptedInvite(new MemberView(member, profile), true))
                .orElseGet(() -> new AcceptedInvite(new MemberView(ofContract, profile), false));
    }

    private Member enterContract(Invite invite, String userId, BooleanSupplier isStillOffered) {
        return contracts
                .changeIfThere(invite.contractId(), current -> {
                    if (!isStillOffered.getAsBoolean()) {
                        throw gone();
                    }
                    return entered(current, invite, userId);
                })
                .orElseThrow(Joining::gone)
                .members()
                .get(userId);
    }

    private ChangedContract entered(Contract current, Invite invite, String userId) {
        if (!current.isActive()) {
            throw InviteProblem.suspended().exception();
        }
        // Who became a member in another way meanwhile stays one, with the roles given then.
        if (current.members().has(userId)) {
            return new ChangedContract(current, List.of());
        }
        if (!invite.isForContract() || !place.offers(current, invite.named())) {
            throw gone();
        }
        var members =
                current.members().add(userId, invite.roles(), clock.instant()).orThrow();
        room.requireRoom(current, members.all().size());
        return new ChangedContract(
                current.with(members), facts.changed(subject(current), userId, userId, invite.roles()));
    }

    /** Told after the membership is stored: either this finds the user, or the deletion of the user the membership. */
    private MemberProfile known(Invite invite, String userId) {
        return profiles.joined(self.caller(), userId).orElseThrow(() -> {
            contracts.changeIfThere(
                    invite.contractId(),
                    current -> new ChangedContract(
                            current.with(current.members().afterLossOf(userId)),
                            facts.ended(subject(current), userId, userId, Optional.empty())));
            return InviteProblem.userIsGoing().exception();
        });
    }

    private static MembershipSubject subject(Contract contract) {
        return MembershipSubject.contract(contract.id(), contract.tenantId(), contract.revision() + 1);
    }

    /** Empty when there is no such workspace any more. */
    private Optional<Member> enterWorkspace(String contractId, InvitedWorkspace wish, String userId) {
        var saved = workspaces.changeIfThere(wish.id(), current -> entered(current, wish, userId));
        // As for any new member: the user may have left the contract meanwhile.
        if (departures.apply(contractId, userId, userId)) {
            throw gone();
        }
        return saved.map(workspace -> workspace.members().get(userId));
    }

    private ChangedWorkspace entered(Workspace current, InvitedWorkspace wish, String userId) {
        if (current.members().has(userId)) {
            return new ChangedWorkspace(current, List.of());
        }
        var members =
                current.members().add(userId, wish.roles(), clock.instant()).orThrow();
        var subject = MembershipSubject.workspace(
                current.id(), current.tenantId(), current.contractId(), current.revision() + 1);
        return new ChangedWorkspace(current.with(members), facts.changed(subject, userId, userId, wish.roles()));
    }

    private static ProblemException gone() {
        return InviteProblem.gone().exception();
    }
}

package dev.weft.workspace.acceptance;

import dev.weft.common.access.OpenToAll;
import dev.weft.common.audit.AuditTrail;
import dev.weft.common.id.Ids;
import dev.weft.common.outbox.Outbox.Place;
import dev.weft.workspace.contractrecord.Contract;
import dev.weft.workspace.invite.InvitePlace;
import dev.weft.workspace.invite.InviteProblem;
import dev.weft.workspace.invite.Invitees;
import dev.weft.workspace.invite.Newcomer;
import dev.weft.workspace.inviterecord.Invite;
import dev.weft.workspace.inviterecord.InviteRepository;
import dev.weft.workspace.inviterecord.InviteTokens;
import dev.weft.workspace.memberprofile.MemberProfile;
import dev.weft.workspace.policy.RoleKeeping;
import dev.weft.workspace.room.ContractRoom;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;

/**
 * Accepting an invite (api-v2 5.5). The invite is claimed, the user is found or made, becomes a member, and the invite goes
 * last. A process that dies in between leaves the token good, once its claim has run out; a user whom it has made and who is
 * no member is deleted by identity-service.
 */
@Service
class AcceptanceService {

    /** Longer than the calls to identity-service may take. */
    private static final Duration TERM = Duration.ofMinutes(1);

    private static final Place NOWHERE = new Place(null, null, null);

    private final InviteRepository invites;
    private final InviteTokens tokens;
    private final Invitees invitees;
    private final InvitePlace place;
    private final Joining joining;
    private final ContractRoom room;
    private final RoleKeeping keeping;
    private final AuditTrail trail;
    private final Ids ids;

    AcceptanceService(
            InviteRepository invites,
            InviteTokens tokens,
            Invitees invitees,
            InvitePlace place,
            Joining joining,
            ContractRoom room,
            RoleKeeping keeping,
            AuditTrail trail,
            Ids ids) {
        this.invites = invites;
        this.tokens = tokens;
        this.invitees = invitees;
        this.place = place;
        this.joining = joining;
        this.room = room;
        this.keeping = keeping;
        this.trail = trail;
        this.ids = ids;
    }

    /** @param newcomer what a user who is still to be made says of himself; read only for such a one */
    @OpenToAll("the token is the right to accept")
    AcceptedInvite accept(String token, Supplier<Newcomer> newcomer) {
        var id = tokens.inviteOf(token).orElseThrow(() -> InviteProblem.gone().exception());
        // Whatever refuses it from here on: the audit trail can tell where it belongs.
        trail.found("", NOWHERE, id);
        var claim = ids.nextHex32();
        var invite = invites.claim(id, claim, TERM)
                .orElseThrow(() -> InviteProblem.gone().exception());
        var isDone = false;
        try {
            var accepted = accept(invite, claim, newcomer);
            invites.remove(id);
            // One that led to nothing but this contract has come true as well.
            invites.removeJoined(invite.contractId(), invite.email());
            isDone = true;
            return accepted;
        } finally {
            if (!isDone) {
                invites.release(id, claim);
            }
        }
    }

    private AcceptedInvite accept(Invite invite, String claim, Supplier<Newcomer> newcomer) {
        trail.found(invite.email(), place(invite), invite.id());
        var contract = place.contractIfThere(invite.contractId())
                .orElseThrow(() -> InviteProblem.gone().exception());
        if (!contract.isActive()) {
            throw InviteProblem.suspended().exception();
        }
        if (!place.offers(contract, invite.named())) {
            // It was to be removed when the role was.
            invites.remove(invite.id());
            throw InviteProblem.gone().exception();
        }
        if (contract.members().all().isEmpty() && !invite.roles().contains("owner")) {
            throw InviteProblem.ownerFirst().exception();
        }
        // The user is made within it, too: for a role that goes, or in a tenant that goes, none is made in vain.
        return keeping.keeping(invite.tenantId(), invite.named(), _ -> InviteProblem.roleGoes(), () -> {
            var user = user(contract, invite, newcomer);
            trail.resolved(user.id(), user.email(), place(invite), invite.id());
            return joining.join(invite, user.id(), () -> invites.isClaimed(invite.id(), claim, invite.revision()));
        });
    }

    private static Place place(Invite invite) {
        var workspace = invite.workspace();
        return new Place(invite.tenantId(), invite.contractId(), workspace == null ? null : workspace.id());
    }

    private MemberProfile user(Contract contract, Invite invite, Supplier<Newcomer> newcomer) {
        var invitee = invitees.find(invite.tenantId(), invite.email());
        place.requireOfTenant(invitee, invite.tenantId());
        if (invitee.user() != null) {
            return invitee.user();
        }
        if (!invite.isForContract()) {
            // It was for a member of the contract, who is none any more.
            throw InviteProblem.gone().exception();
        }
        // Before there is a user who could not join.
        room.requireRoom(contract, contract.members().all().size() + 1);
        return invitees.create(invite.tenantId(), invite.email(), newcomer.get());
    }
}

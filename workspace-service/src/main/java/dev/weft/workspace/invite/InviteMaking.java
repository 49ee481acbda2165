package dev.weft.workspace.invite;

import dev.weft.common.problem.Problem;
import dev.weft.workspace.contract.ContractProblem;
import dev.weft.workspace.inviterecord.Invite;
import dev.weft.workspace.inviterecord.InviteRepository;
import dev.weft.workspace.mail.MailKind;
import dev.weft.workspace.mail.MailWant;
import dev.weft.workspace.mail.MailWants;
import dev.weft.workspace.policy.RoleKeeping;
import dev.weft.workspace.room.ContractRoom;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Stores invites, with the wish for their mail, and ends them. There are no transactions, so what must hold between an
 * invite and its contract is looked at again once the invite is there: who changes the contract writes first and looks for
 * invites then, and one of the two sees the other. The roles that an invite names stay in the tenant's policy until it is
 * stored; if one is removed later, the invite goes when that is told.
 */
@Service
final class InviteMaking {

    /** They are shown whole with their contract, and each is a mail to somebody who has not asked for it. */
    private static final int MOST = 1_000;

    /** About one contract to one address: who invites, withdraws and invites again could send it mails without end. */
    private static final int MAILS_A_DAY = 10;

    private final InviteRepository invites;
    private final MailWants mails;
    private final InvitePlace place;
    private final ContractRoom room;
    private final RoleKeeping keeping;

    InviteMaking(InviteRepository invites, MailWants mails, InvitePlace place, ContractRoom room, RoleKeeping keeping) {
        this.invites = invites;
        this.mails = mails;
        this.place = place;
        this.room = room;
        this.keeping = keeping;
    }

    /** @param invitee who has the address, if anybody */
    Invite make(Invite invite, @Nullable Invitee invitee, MailKind kind, Map<String, String> told) {
        if (invites.isPending(invite.place(), invite.email())) {
            throw InviteProblem.isInvited().exception();
        }
        if (invites.count(invite.contractId()) >= MOST) {
            throw InviteProblem.tooMany(MOST).exception();
        }
        if (!invite.roles().isEmpty()) {
            place.contractIfThere(invite.contractId())
                    .ifPresent(contract ->
                            room.requireRoom(contract, contract.members().all().size() + 1));
        }
        var mail = MailWant.of(invite.id(), kind, invite.inviterId(), told, invite.since());
        return naming(invite, () -> store(invite, invitee, mail));
    }

    private Invite naming(Invite invite, Supplier<Invite> work) {
        return keeping.keeping(invite.tenantId(), invite.named(), _ -> InviteProblem.roleDropped(), work);
    }

    private Invite store(Invite invite, @Nullable Invitee invitee, MailWant mail) {
        // Right before the mail: what is refused for another reason is no mail.
        if (!invites.countMail(invite, MAILS_A_DAY)) {
            throw InviteProblem.tooManyMails(MAILS_A_DAY).exception();
        }
        // The wish first: a crash leaves a wish for the mail of an invite that is not there, which is dropped, and no
        // invite that nobody is told of.
        mails.add(mail);
        if (!invites.insert(invite)) {
            takeBack(invite);
            throw InviteProblem.isInvited().exception();
        }
        voids(invite, invitee).ifPresent(why -> {
            invites.remove(invite.id());
            takeBack(invite);
            throw why.exception();
        });
        return invite;
    }

    /** A mail that has gone meanwhile stays counted. */
    private void takeBack(Invite invite) {
        if (mails.withdraw(invite.id())) {
            invites.takeBackMail(invite);
        }
    }

    Invite change(Invite changed) {
        return naming(changed, () -> save(changed));
    }

    private Invite save(Invite changed) {
        var saved = invites.save(changed)
                .orElseThrow(() -> InviteProblem.changedByMany().exception());
        voids(saved, null).ifPresent(why -> {
            end(saved.id());
            throw why.exception();
        });
        return saved;
    }

    /** False when it was gone already. */
    boolean end(String id) {
        mails.withdraw(id);
        return invites.remove(id);
    }

    /** Why an invite that has just been stored is void all the same. */
    private Optional<Problem> voids(Invite invite, @Nullable Invitee invitee) {
        var contract = place.contractIfThere(invite.contractId()).orElse(null);
        if (contract == null) {
            return Optional.of(ContractProblem.unknown(invite.contractId()));
        }
        if (!place.offers(contract, invite.named())) {
            return Optional.of(InviteProblem.roleDropped());
        }
        var user = invitee == null ? null : invitee.user();
        if (user != null && invite.isForContract() && contract.members().has(user.id())) {
            return Optional.of(InviteProblem.isMember());
        }
        var workspace = invite.workspace();
        return workspace != null && place.workspaceOf(contract, workspace.id()).isEmpty()
                ? Optional.of(InviteProblem.unknownWorkspace())
                : Optional.empty();
    }
}

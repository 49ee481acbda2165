package dev.weft.workspace.membership;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The members of one contract or one workspace, and the owner rules of both (api-v2 3.4): the first member is an owner,
 * and the last owner stays one. Decides; changes nothing.
 */
public record Members(List<Member> all) {

    public static Members none() {
        return new Members(List.of());
    }

    public Optional<Member> find(String userId) {
        return all.stream().filter(member -> member.userId().equals(userId)).findFirst();
    }

    /** The member, or 404. */
    public Member get(String userId) {
        return find(userId).orElseThrow(() -> absent(userId).exception());
    }

    public boolean has(String userId) {
        return find(userId).isPresent();
    }

    public List<String> ids() {
        return all.stream().map(Member::userId).sorted().toList();
    }

    public boolean isOwner(String userId) {
        return find(userId).filter(Member::isOwner).isPresent();
    }

    public boolean isUsed(String role) {
        return all.stream().anyMatch(member -> member.roles().contains(role));
    }

    public boolean hasNoOwnerBut(String userId) {
        return all.stream()
                .filter(Member::isOwner)
                .allMatch(owner -> owner.userId().equals(userId));
    }

    public MembersChange add(String userId, List<String> roles, Instant now) {
        if (has(userId)) {
            return refused(ProblemCode.ALREADY_EXISTS, "The user is a member already.");
        }
        if (all.isEmpty() && !roles.contains("owner")) {
            return refused(ProblemCode.INVALID_STATE, "The first member must be an owner.");
        }
        var more = new ArrayList<>(all);
        more.add(new Member(userId, roles, now));
        return new MembersChange.Accepted(new Members(List.copyOf(more)));
    }

    public MembersChange changeRoles(String userId, List<String> roles) {
        if (!has(userId)) {
            return new MembersChange.Refused(absent(userId));
        }
        // Against the members as they are when it is saved: two owners who step down at once are decided one after the
        // other.
        if (!roles.contains("owner") && isLastOwner(userId)) {
            return lastOwner();
        }
        return new MembersChange.Accepted(new Members(all.stream()
                .map(member -> member.userId().equals(userId) ? member.with(roles) : member)
                .toList()));
    }

    public MembersChange remove(String userId) {
        return isLastOwner(userId) ? lastOwner() : without(userId);
    }

    /** As {@link #remove}, but the only member may go even as owner: what is left is empty, not without an owner. */
    public MembersChange removeEvenTheOnly(String userId) {
        return all.size() == 1 ? without(userId) : remove(userId);
    }

    /**
     * What is left when a user goes whom nobody asked whether they may. If no owner is left, the longest-standing member
     * becomes one: a place without owner could be managed by nobody.
     */
    public Members afterLossOf(String userId) {
        var left =
                all.stream().filter(member -> !member.userId().equals(userId)).toList();
        // A deletion can not be refused as the removal of a last owner is, so somebody has to become owner.
        if (left.stream().anyMatch(Member::isOwner)) {
            return new Members(left);
        }
        var oldest = left.stream().min(Comparator.comparing(Member::since)).orElse(null);
        return new Members(left.stream()
                .map(member -> member.equals(oldest) ? member.with(List.of("owner")) : member)
                .toList());
    }

    /** Who takes over what a leaving member owned: the remover, if a member and another one, else the oldest owner. */
    public Optional<String> heirOf(String leaving, String remover) {
        // An administrator of the tenant may remove without being a member, and can not own what is in there.
        if (!remover.equals(leaving) && has(remover)) {
            return Optional.of(remover);
        }
        return all.stream()
                .filter(member -> member.isOwner() && !member.userId().equals(leaving))
                .min(Comparator.comparing(Member::since))
                .map(Member::userId);
    }

    /**
     * Who may own, at this moment, what that user owns: the user while a member, else the longest-standing owner. A fact
     * that names an heir may arrive after the heir has left too, and after the fact about that.
     */
    public Optional<String> ownerInPlaceOf(String userId) {
        return has(userId) ? Optional.of(userId) : heirOf(userId, userId);
    }

    private boolean isLastOwner(String userId) {
        return isOwner(userId) && hasNoOwnerBut(userId);
    }

    private MembersChange without(String userId) {
        if (!has(userId)) {
            return new MembersChange.Refused(absent(userId));
        }
        return new MembersChange.Accepted(new Members(
                all.stream().filter(member -> !member.userId().equals(userId)).toList()));
    }

    private static Problem absent(String userId) {
        return Problem.notFound("member", userId);
    }

    private static MembersChange lastOwner() {
        return refused(ProblemCode.INVALID_STATE, "The last owner can not be removed and stays an owner.");
    }

    private static MembersChange refused(ProblemCode code, String detail) {
        return new MembersChange.Refused(Problem.of(code, detail));
    }
}

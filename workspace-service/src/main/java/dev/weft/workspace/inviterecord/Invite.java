package dev.weft.workspace.inviterecord;

import dev.weft.workspace.permission.RoleName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who may become a member, known by an e-mail address (api-v2 5.5, 6.1).
 *
 * @param email     in its normal form
 * @param place     the contract or workspace in which the invite was made; one address is invited once in each
 * @param roles     in the contract; none when only a member of the contract is invited, to a workspace
 * @param workspace to which it leads besides; null for none
 * @param inviterId who made it
 * @param revision  counts the changes; a change holds only on the revision it was decided on
 */
public record Invite(
        String id,
        String tenantId,
        String contractId,
        String email,
        String place,
        List<String> roles,
        @Nullable InvitedWorkspace workspace,
        String inviterId,
        Instant since,
        long revision) {

    /** After that nobody can accept it (api-v2 5.5). */
    public static final Duration LIFE = Duration.ofDays(14);

    /** Leads into the contract as well, and not only from there into a workspace. */
    public boolean isForContract() {
        return !roles.isEmpty();
    }

    public boolean isMadeInWorkspace() {
        return !place.equals(contractId);
    }

    public boolean isFor(String workspaceId) {
        return workspace != null && workspace.id().equals(workspaceId);
    }

    /** All roles that whoever accepts it gets. */
    public List<RoleName> named() {
        var names = new ArrayList<>(roles.stream().map(RoleName::ofContract).toList());
        workspaceRoles().stream().map(RoleName::ofWorkspace).forEach(names::add);
        return names;
    }

    public List<String> workspaceRoles() {
        return workspace == null ? List.of() : workspace.roles();
    }

    public Invite with(List<String> otherRoles, @Nullable InvitedWorkspace otherWorkspace) {
        return new Invite(
                id, tenantId, contractId, email, place, otherRoles, otherWorkspace, inviterId, since, revision);
    }

    Invite next() {
        return new Invite(id, tenantId, contractId, email, place, roles, workspace, inviterId, since, revision + 1);
    }

    /** The workspace of an invite, and the roles there. */
    public record InvitedWorkspace(String id, List<String> roles) {
        public InvitedWorkspace {
            Objects.requireNonNull(id);
            roles = List.copyOf(roles);
        }
    }
}

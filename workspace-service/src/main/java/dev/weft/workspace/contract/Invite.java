package dev.weft.workspace.contract;

import dev.weft.workspace.permission.RoleName;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An invitation that was not accepted yet.
 *
 * @param tokenHash      SHA-256 of the token that was mailed; the token itself is stored nowhere
 * @param workspaceId    a workspace of the contract that is joined with it; null for none
 * @param workspaceRoles the roles there
 */
record Invite(
        String id,
        String email,
        List<String> roles,
        @Nullable String workspaceId,
        List<String> workspaceRoles,
        String tokenHash,
        Instant createdAt) {

    boolean fits(Collection<RoleName> available) {
        return available.isEmpty()
                || (roles.stream().map(RoleName::ofContract).allMatch(available::contains)
                        && workspaceRoles.stream().map(RoleName::ofWorkspace).allMatch(available::contains));
    }
}

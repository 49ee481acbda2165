package dev.weft.workspace.membership;

import java.time.Instant;
import java.util.List;

/**
 * One user's place in a contract or a workspace.
 *
 * @param since when the membership began; the longest-standing owner inherits what nobody else takes
 */
public record Member(String userId, List<String> roles, Instant since) {

    public boolean isOwner() {
        return roles.contains("owner");
    }

    Member with(List<String> otherRoles) {
        return new Member(userId, otherRoles, since);
    }
}

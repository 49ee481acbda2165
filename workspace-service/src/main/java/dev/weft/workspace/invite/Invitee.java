package dev.weft.workspace.invite;

import dev.weft.workspace.memberprofile.MemberProfile;
import org.jspecify.annotations.Nullable;

/**
 * What identity-service says of an e-mail address: {@code {"email","valid","refused","user"?}}.
 *
 * @param email   in its normal form
 * @param refused the tenant takes no users with addresses of its domain
 * @param user    of the whole installation; null when nobody has it
 */
public record Invitee(
        String email,
        boolean valid,
        boolean refused,
        @Nullable MemberProfile user) {

    boolean isOf(String tenantId) {
        return user != null && user.tenant().equals(tenantId);
    }
}

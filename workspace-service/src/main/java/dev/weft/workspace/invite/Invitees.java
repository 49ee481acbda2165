package dev.weft.workspace.invite;

import dev.weft.workspace.memberprofile.MemberProfile;

/** Who stands behind an e-mail address, and new users for those behind which there is nobody. */
public interface Invitees {

    /** @param email as it was sent */
    Invitee find(String tenantId, String email);

    /**
     * A user for whom that address was invited. He is deleted again soon unless he joins a contract. Refused as identity-service
     * refuses any new user.
     */
    MemberProfile create(String tenantId, String email, Newcomer newcomer);
}

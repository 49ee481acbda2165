package dev.weft.identity.policy;

import dev.weft.identity.policyrecord.RoleKey;
import java.util.Set;

/** Takes roles out of circulation before they are removed; workspace-service, where they are given, does it. */
interface RoleRetirements {

    /**
     * From now on the roles are given to nobody, until that is ended or has run out, which takes minutes. Those that are
     * in use: members have them, or contracts name them; if there are such, nothing is retired.
     *
     * @param token names the retirement
     */
    Set<RoleKey> begin(String tenantId, String token, Set<RoleKey> roles);

    /** The roles stay after all. Not being heard does no lasting harm. */
    void end(String tenantId, String token);
}

package dev.weft.workspace.memberprofile;

import dev.weft.common.access.Caller;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Users as the members' lists need them; identity-service knows them. */
public interface MemberProfiles {

    /** Those of the ids that exist, by id. */
    Map<String, MemberProfile> find(Caller caller, Collection<String> ids);

    /**
     * Tells that the user is now a member of a contract, or named as who supports one, so is not deleted for having left
     * another one. Empty when that comes too late: then there is no such user any more.
     */
    Optional<MemberProfile> joined(Caller caller, String userId);

    /** One user of a tenant; empty when there is none of that id, or it is another tenant's. */
    default Optional<MemberProfile> find(Caller caller, String tenantId, String userId) {
        return Optional.ofNullable(find(caller, java.util.List.of(userId)).get(userId))
                .filter(profile -> profile.tenant().equals(tenantId));
    }
}

package dev.weft.identity.role;

import dev.weft.common.jsonapi.Resource;
import dev.weft.identity.tenantrecord.Tenant;
import dev.weft.identity.userrecord.User;

/** A user with tenant roles on the wire (api-v2 4.3). */
final class TenantMemberResource {

    static final String TYPE = "tenant-member";

    private TenantMemberResource() {}

    static Resource of(Tenant tenant, User user) {
        return Resource.of(TYPE, user.id(), "/v2/users/" + user.id())
                .attribute("first_name", user.firstName())
                .attribute("last_name", user.lastName())
                .attribute("email", user.email())
                .attribute("roles", tenant.rolesOf(user.id()));
    }
}

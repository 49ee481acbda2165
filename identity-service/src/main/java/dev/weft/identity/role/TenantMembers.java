package dev.weft.identity.role;

import dev.weft.identity.tenantrecord.Tenant;
import dev.weft.identity.userrecord.User;
import java.util.List;

/** A tenant and users of it. */
record TenantMembers(Tenant tenant, List<User> users) {}

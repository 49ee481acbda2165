package dev.weft.workspace.policy;

import dev.weft.common.access.Permission;
import dev.weft.workspace.permission.Role;
import dev.weft.workspace.permission.RoleName;
import dev.weft.workspace.permission.TenantRoles;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A tenant's policy as identity-service said it.
 *
 * @param fetchedAt when that was
 * @param edition   grows with each change of the copy, also of one whose revision stays: a later release of identity-service
 *                  may give the default roles more. 0 for what is not stored yet
 */
record PolicyCopy(String tenantId, long revision, List<CopiedRole> roles, Instant fetchedAt, long edition) {

    static PolicyCopy fetched(String tenantId, long revision, List<CopiedRole> roles, Instant fetchedAt) {
        return new PolicyCopy(tenantId, revision, roles, fetchedAt, 0);
    }

    PolicyCopy as(long stored) {
        return new PolicyCopy(tenantId, revision, roles, fetchedAt, stored);
    }

    /** One role, its permissions as they are spelled on the wire. */
    record CopiedRole(String scope, String role, List<String> permissions, Map<String, String> i18n) {

        RoleName name() {
            return new RoleName(scope, role);
        }

        private Role read() {
            var granted = new TreeSet<Permission>();
            // A later release of identity-service may know more of them; here they can grant nothing.
            permissions.forEach(permission -> Permission.find(permission).ifPresent(granted::add));
            return new Role(scope, role, Collections.unmodifiableSortedSet(granted), i18n);
        }
    }

    TenantRoles read() {
        return new TenantRoles(edition, roles.stream().map(CopiedRole::read).toList());
    }

    Set<RoleName> names() {
        return roles.stream().map(CopiedRole::name).collect(Collectors.toSet());
    }
}

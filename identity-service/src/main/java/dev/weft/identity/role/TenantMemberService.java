package dev.weft.identity.role;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Permission;
import dev.weft.common.access.Scope;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.identity.tenant.TenantEvents;
import dev.weft.identity.tenantrecord.Tenant;
import dev.weft.identity.tenantrecord.TenantRepository;
import dev.weft.identity.userrecord.User;
import dev.weft.identity.userrecord.UserLeavings;
import dev.weft.identity.userrecord.UserRepository;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Who holds a role in a tenant (api-v2 4.3). */
@Service
class TenantMemberService {

    private static final Logger log = LoggerFactory.getLogger(TenantMemberService.class);
    private static final int MOST_ADMINS = 1_000;
    private static final String ROLES = "roles";

    private final TenantRepository tenants;
    private final TenantEvents events;
    private final UserRepository users;
    private final UserLeavings leavings;
    private final AccessClient access;

    TenantMemberService(
            TenantRepository tenants,
            TenantEvents events,
            UserRepository users,
            UserLeavings leavings,
            AccessClient access) {
        this.tenants = tenants;
        this.events = events;
        this.users = users;
        this.leavings = leavings;
        this.access = access;
    }

    /** All of them: {@link #MOST_ADMINS} at most. */
    TenantMembers list(Caller caller, String tenantId) {
        var tenant = editable(caller, tenantId);
        var holders = users.findAll(tenant.admins()).stream()
                .sorted(Comparator.comparing(User::id))
                .toList();
        return new TenantMembers(tenant, holders);
    }

    private Tenant editable(Caller caller, String tenantId) {
        var tenant = get(caller, tenantId);
        access.require(caller, Permission.TENANTS_MEMBERSHIP_EDIT, new Scope.Tenant(tenantId));
        return tenant;
    }

    private Tenant get(Caller caller, String tenantId) {
        return tenants.find(tenantId)
                .filter(found -> caller.sees(found.id()))
                .orElseThrow(() -> Problem.notFound("tenant", tenantId).exception());
    }

    /** @param document the roles that the user is to have, read only once the caller may give them */
    TenantMembers change(Caller caller, String tenantId, String userId, Supplier<Set<String>> document) {
        get(caller, tenantId);
        var user = users.find(userId)
                .filter(found -> found.tenantId().equals(tenantId))
                .orElseThrow(() -> Problem.notFound("user", userId).exception());
        var tenant = editable(caller, tenantId);
        var roles = document.get();
        var fact = events.rolesChanged(tenantId, userId, caller.id());
        if (roles.contains(Tenant.ADMIN_ROLE)) {
            requireRoom(tenant, userId);
            // Asked before, so that a user who is being deleted does not become administrator, and again afterwards,
            // for one who left a contract in between.
            requireKept(userId, () -> {});
            tenants.addAdmin(tenantId, userId, fact);
            requireKept(userId, () -> tenants.forgetAdmin(tenantId, userId));
        } else if (!tenants.removeAdmin(tenantId, userId, fact)) {
            throw Problem.of(ProblemCode.INVALID_STATE, "The last administrator of a tenant can not be withdrawn.")
                    .at(ROLES)
                    .exception();
        }
        log.info("User {} has the tenant roles {}, says {}", userId, roles, caller.id());
        return new TenantMembers(get(caller, tenantId), List.of(user));
    }

    /** They stand in one record, which is read with each authentication. */
    private static void requireRoom(Tenant tenant, String userId) {
        if (tenant.admins().size() >= MOST_ADMINS && !tenant.admins().contains(userId)) {
            throw Problem.of(ProblemCode.INVALID_STATE, "A tenant may have " + MOST_ADMINS + " administrators.")
                    .at(ROLES)
                    .exception();
        }
    }

    private void requireKept(String userId, Runnable undo) {
        if (!leavings.keep(userId)) {
            undo.run();
            throw Problem.notFound("user", userId).exception();
        }
    }
}

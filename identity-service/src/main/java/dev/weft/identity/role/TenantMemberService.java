package dev.weft.identity.role;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Permission;
import dev.weft.common.access.Scope;
import dev.weft.common.jsonapi.RequestDocument;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.identity.tenant.Tenant;
import dev.weft.identity.tenant.TenantEvents;
import dev.weft.identity.tenant.TenantRepository;
import dev.weft.identity.user.User;
import dev.weft.identity.user.UserRepository;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/** Who holds a role in a tenant (api-v2 4.3). */
@Service
class TenantMemberService {

    private static final Logger log = LoggerFactory.getLogger(TenantMemberService.class);
    private static final String POINTER = "/data/attributes/roles";

    private final TenantRepository tenants;
    private final TenantEvents events;
    private final UserRepository users;
    private final AccessClient access;

    TenantMemberService(TenantRepository tenants, TenantEvents events, UserRepository users, AccessClient access) {
        this.tenants = tenants;
        this.events = events;
        this.users = users;
        this.access = access;
    }

    /** A tenant and users of it. */
    record Members(Tenant tenant, List<User> users) {}

    Members list(Caller caller, String tenantId) {
        var tenant = editable(caller, tenantId);
        var holders = users.findAll(tenant.admins()).stream()
                .sorted(Comparator.comparing(User::id))
                .toList();
        return new Members(tenant, holders);
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

    Members change(Caller caller, String tenantId, String userId, @Nullable JsonNode body) {
        get(caller, tenantId);
        var user = users.find(userId)
                .filter(found -> found.tenantId().equals(tenantId))
                .orElseThrow(() -> Problem.notFound("user", userId).exception());
        editable(caller, tenantId);
        var roles = rolesIn(RequestDocument.of(body, TenantMemberResource.TYPE).forId(userId, false));
        var fact = events.rolesChanged(tenantId, userId, caller.id());
        if (roles.contains(Tenant.ADMIN_ROLE)) {
            // Before, so that who is being deleted becomes no administrator; and after, for who left a contract in
            // between.
            requireKept(userId, () -> {});
            tenants.addAdmin(tenantId, userId, fact);
            requireKept(userId, () -> tenants.forgetAdmin(tenantId, userId));
        } else if (!tenants.removeAdmin(tenantId, userId, fact)) {
            throw Problem.of(ProblemCode.INVALID_STATE, "The last administrator of a tenant can not be withdrawn.")
                    .at(POINTER)
                    .exception();
        }
        log.info("User {} has the tenant roles {}, says {}", userId, roles, caller.id());
        return new Members(get(caller, tenantId), List.of(user));
    }

    private void requireKept(String userId, Runnable undo) {
        if (!users.keep(userId)) {
            undo.run();
            throw Problem.notFound("user", userId).exception();
        }
    }

    private static Set<String> rolesIn(RequestDocument document) {
        var fields = document.fields();
        if (!fields.has("roles")) {
            fields.problem("roles", "roles is required.");
        }
        var roles = fields.texts("roles").orElse(List.of());
        roles.stream()
                .filter(role -> !role.equals(Tenant.ADMIN_ROLE))
                .forEach(role -> fields.problem("roles", "A tenant has no role " + role + "."));
        fields.orThrow();
        return Set.copyOf(roles);
    }
}

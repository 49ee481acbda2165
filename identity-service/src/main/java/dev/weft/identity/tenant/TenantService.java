package dev.weft.identity.tenant;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.access.Permission;
import dev.weft.common.access.Scope;
import dev.weft.common.id.Ids;
import dev.weft.common.jsonapi.Fields;
import dev.weft.common.jsonapi.RequestDocument;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/** The use cases of tenants. */
@Service
class TenantService {

    private static final String SUPPORT_USER = "support_user_id";
    private static final String NO_USER = "support_user_id must name a user of the tenant.";

    private final TenantRepository tenants;
    private final TenantEvents events;
    private final TenantUsers users;
    private final AccessClient access;
    private final Ids ids;
    private final Clock clock;

    TenantService(
            TenantRepository tenants,
            TenantEvents events,
            TenantUsers users,
            AccessClient access,
            Ids ids,
            Clock clock) {
        this.tenants = tenants;
        this.events = events;
        this.users = users;
        this.access = access;
        this.ids = ids;
        this.clock = clock;
    }

    /** The caller's own tenant; those a caller of none may read. */
    List<Tenant> list(Caller caller) {
        var own = caller.tenantId();
        if (own != null) {
            return List.of(get(caller, own));
        }
        return tenants.list().stream().filter(tenant -> mayRead(caller, tenant)).toList();
    }

    private boolean mayRead(Caller caller, Tenant tenant) {
        return access.find(caller, new Scope.Tenant(tenant.id()))
                .filter(grants -> grants.has(Permission.TENANTS_TENANT_GET))
                .isPresent();
    }

    Tenant get(Caller caller, String id) {
        return visible(caller, id, Permission.TENANTS_TENANT_GET);
    }

    /** For other services, on behalf of any caller of the tenant. */
    @OpenToAll("tells a tenant's own callers its defaults")
    Tenant known(Caller caller, String id) {
        return tenants.find(id)
                .filter(found -> caller.sees(found.id()))
                .orElseThrow(() -> Problem.notFound("tenant", id).exception());
    }

    private Tenant visible(Caller caller, String id, Permission permission) {
        var tenant = known(caller, id);
        access.require(caller, permission, new Scope.Tenant(id));
        return tenant;
    }

    Tenant create(Caller caller, @Nullable JsonNode body) {
        var id = ids.next();
        // A new tenant is nobody's scope yet: its creator must hold the permission in his own, or everywhere.
        access.require(
                caller,
                Permission.TENANTS_TENANT_CREATE,
                new Scope.Tenant(caller.tenantId() == null ? id : caller.tenantId()));
        var document = RequestDocument.of(body, TenantResource.TYPE)
                .withoutId(known -> tenants.find(known).isPresent());
        var fields = document.fields();
        var form = new TenantForm(document.attributes(), fields);
        var tenant = new Tenant(
                id,
                form.code(),
                form.name(),
                form.appDomain(),
                form.emailFrom(),
                form.settings(Map.of()),
                List.of(),
                clock.instant());
        checkAndThrow(tenant, fields);
        tenants.insert(tenant, events.created(tenant, caller.id())).ifPresent(TenantService::refuse);
        return tenant;
    }

    Tenant change(Caller caller, String id, @Nullable JsonNode body) {
        var present = visible(caller, id, Permission.TENANTS_TENANT_EDIT);
        var document = RequestDocument.of(body, TenantResource.TYPE).forId(id, true);
        var fields = document.fields();
        var form = new TenantForm(document.attributes(), fields);
        var tenant = new Tenant(
                id,
                fields.has("code") ? form.code() : present.code(),
                fields.has("name") ? form.name() : present.name(),
                fields.has("app_domain") ? form.appDomain() : present.appDomain(),
                fields.has("mandrill_email_from") ? form.emailFrom() : present.emailFrom(),
                form.settings(present.settings()),
                present.admins(),
                present.createdAt());
        checkAndThrow(tenant, fields);
        tenants.update(tenant, events.updated(tenant, caller.id())).ifPresent(TenantService::refuse);
        if (fields.has(SUPPORT_USER)
                && tenant.settings().get(SUPPORT_USER) instanceof String user
                && !users.keep(user)) {
            // Deleted since it was looked for.
            tenants.update(present, events.updated(present, caller.id())).ifPresent(TenantService::refuse);
            fields.problem(SUPPORT_USER, NO_USER);
            fields.orThrow();
        }
        return tenant;
    }

    private void checkAndThrow(Tenant tenant, Fields fields) {
        if (fields.has(SUPPORT_USER)
                && tenant.settings().get(SUPPORT_USER) instanceof String user
                && !users.belongsTo(user, tenant.id())) {
            fields.problem(SUPPORT_USER, NO_USER);
        }
        fields.orThrow();
        if (fields.has("is_default") && tenant.isDefault() && thereIsAnotherDefault(tenant)) {
            throw Problem.of(ProblemCode.ALREADY_EXISTS, "Another tenant is the default of this installation.")
                    .at("/data/attributes/is_default")
                    .exception();
        }
    }

    private boolean thereIsAnotherDefault(Tenant tenant) {
        return tenants.list().stream()
                .anyMatch(other -> other.isDefault() && !other.id().equals(tenant.id()));
    }

    private static void refuse(TenantRepository.Taken taken) {
        var attribute = switch (taken) {
            case CODE -> "code";
            case APP_DOMAIN -> "app_domain";
        };
        throw Problem.of(ProblemCode.ALREADY_EXISTS, "Another tenant has this " + attribute + ".")
                .at("/data/attributes/" + attribute)
                .exception();
    }
}

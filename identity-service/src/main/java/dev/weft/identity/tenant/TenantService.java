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
import dev.weft.identity.tenant.TenantRepository.Saving;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/** The use cases of tenants. */
@Service
class TenantService {

    private static final int ATTEMPTS = 30;
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
                clock.instant(),
                1);
        checkAndThrow(tenant, fields);
        var saving = tenants.insert(tenant, events.created(tenant, caller.id()));
        if (saving != Saving.DONE) {
            throw refusal(saving);
        }
        return tenant;
    }

    Tenant change(Caller caller, String id, @Nullable JsonNode body) {
        var before = visible(caller, id, Permission.TENANTS_TENANT_EDIT);
        var document = RequestDocument.of(body, TenantResource.TYPE).forId(id, true);
        var fields = document.fields();
        var form = new TenantForm(document.attributes(), fields);
        var tenant = save(caller, id, present -> {
            var changed = changed(present, form, fields);
            checkAndThrow(changed, fields);
            return changed;
        });
        if (fields.has(SUPPORT_USER)
                && tenant.settings().get(SUPPORT_USER) instanceof String user
                && !users.keep(user)) {
            // Deleted since it was looked for.
            save(caller, id, present -> withSupportUserOf(before, present, user));
            fields.problem(SUPPORT_USER, NO_USER);
            fields.orThrow();
        }
        return tenant;
    }

    private static Tenant changed(Tenant present, TenantForm form, Fields fields) {
        return new Tenant(
                present.id(),
                fields.has("code") ? form.code() : present.code(),
                fields.has("name") ? form.name() : present.name(),
                fields.has("app_domain") ? form.appDomain() : present.appDomain(),
                fields.has("mandrill_email_from") ? form.emailFrom() : present.emailFrom(),
                form.settings(present.settings()),
                present.admins(),
                present.createdAt(),
                present.revision() + 1);
    }

    /** The support user as it was before, unless the one that is gone has been replaced meanwhile. */
    private static Tenant withSupportUserOf(Tenant before, Tenant present, String gone) {
        var settings = new LinkedHashMap<>(present.settings());
        if (present.isSupportedBy(gone)) {
            var former = before.settings().get(SUPPORT_USER);
            if (former == null) {
                settings.remove(SUPPORT_USER);
            } else {
                settings.put(SUPPORT_USER, former);
            }
        }
        return present.with(settings);
    }

    /** Decides on the tenant as it is and saves; decides again when someone was faster. */
    private Tenant save(Caller caller, String id, UnaryOperator<Tenant> decision) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var changed = decision.apply(known(caller, id));
            var saving = tenants.update(changed, events.updated(changed, caller.id()));
            if (saving == Saving.DONE) {
                return changed;
            }
            if (saving != Saving.OUTPACED) {
                throw refusal(saving);
            }
        }
        throw Problem.of(ProblemCode.CONFLICT, "The tenant is being changed by many at once.")
                .exception();
    }

    private void checkAndThrow(Tenant tenant, Fields fields) {
        if (fields.has(SUPPORT_USER)
                && tenant.settings().get(SUPPORT_USER) instanceof String user
                && !users.belongsTo(user, tenant.id())) {
            fields.problem(SUPPORT_USER, NO_USER);
        }
        fields.orThrow();
    }

    private static RuntimeException refusal(Saving saving) {
        return switch (saving) {
            case CODE_TAKEN -> taken("code", "Another tenant has this code.");
            case APP_DOMAIN_TAKEN -> taken("app_domain", "Another tenant has this app_domain.");
            case DEFAULT_TAKEN -> taken("is_default", "Another tenant is the default of this installation.");
            case DONE, OUTPACED -> throw new IllegalStateException("Nothing is refused: " + saving);
        };
    }

    private static RuntimeException taken(String attribute, String detail) {
        return Problem.of(ProblemCode.ALREADY_EXISTS, detail)
                .at("/data/attributes/" + attribute)
                .exception();
    }
}

package dev.weft.identity.tenant;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.access.Permission;
import dev.weft.common.access.Scope;
import dev.weft.common.id.Ids;
import dev.weft.identity.tenant.TenantRepository.Saving;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Service;

/** The use cases of tenants. */
@Service
class TenantService {

    private static final int ATTEMPTS = 30;
    private static final String ANY = "";

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

    /** The caller's own tenant; all for a caller of none who may read every one. */
    TenantRepository.Found list(Caller caller, int skip, int size) {
        var own = caller.tenantId();
        if (own != null) {
            var tenant = get(caller, own);
            return new TenantRepository.Found(skip == 0 ? List.of(tenant) : List.of(), false, 1);
        }
        return mayReadAll(caller) ? tenants.list(skip, size) : new TenantRepository.Found(List.of(), false, 0);
    }

    /** Who is of no tenant has the same permissions in each. */
    private boolean mayReadAll(Caller caller) {
        return access.find(caller, new Scope.Tenant(ANY))
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
                .orElseThrow(() -> TenantProblem.unknown(id).exception());
    }

    private Tenant visible(Caller caller, String id, Permission permission) {
        var tenant = known(caller, id);
        access.require(caller, permission, new Scope.Tenant(id));
        return tenant;
    }

    Tenant create(Caller caller, TenantRequest request) {
        var id = ids.next();
        // A new tenant is nobody's scope yet: its creator must hold the permission in his own, or everywhere.
        access.require(
                caller,
                Permission.TENANTS_TENANT_CREATE,
                new Scope.Tenant(caller.tenantId() == null ? id : caller.tenantId()));
        var wish = request.creation(known -> tenants.find(known).isPresent(), user -> users.belongsTo(user, id));
        var tenant = new Tenant(id, "", "", "", "", Map.of(), List.of(), clock.instant(), 0).with(wish);
        requireBounded(tenant);
        var saving = tenants.insert(tenant, events.created(tenant, caller.id()));
        if (saving != Saving.DONE) {
            throw refusal(saving);
        }
        return tenant;
    }

    Tenant change(Caller caller, String id, TenantRequest request) {
        var before = visible(caller, id, Permission.TENANTS_TENANT_EDIT);
        var wish = request.change(id, user -> users.belongsTo(user, id));
        var tenant = save(caller, id, present -> {
            var changed = present.with(wish);
            requireBounded(changed);
            return changed;
        });
        var supporter = wish.supportUserId();
        // Asked after it is stored: who leaves the last contract is deleted unless somebody counts on them, and a
        // question before would leave a moment in which neither side knows of the other.
        if (supporter != null && !users.keep(supporter)) {
            // Deleted since it was looked for.
            save(caller, id, present -> present.withoutSupportUser(supporter, before));
            throw TenantProblem.unknownSupportUser().exception();
        }
        return tenant;
    }

    private static void requireBounded(Tenant tenant) {
        if (tenant.hidesTooMuch()) {
            throw TenantProblem.tooManyHidden().exception();
        }
    }

    /** Decides on the tenant as it is and saves; decides again when someone was faster. */
    private Tenant save(Caller caller, String id, UnaryOperator<Tenant> decision) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            // Read anew at each attempt: what another request has changed meanwhile stays changed.
            var changed = decision.apply(known(caller, id));
            var saving = tenants.update(changed, events.updated(changed, caller.id()));
            if (saving == Saving.DONE) {
                return changed;
            }
            if (saving != Saving.OUTPACED) {
                throw refusal(saving);
            }
        }
        throw TenantProblem.changedByMany().exception();
    }

    private static RuntimeException refusal(Saving saving) {
        return switch (saving) {
            case CODE_TAKEN ->
                TenantProblem.taken("code", "Another tenant has this code.").exception();
            case APP_DOMAIN_TAKEN ->
                TenantProblem.taken("app_domain", "Another tenant has this app_domain.")
                        .exception();
            case DEFAULT_TAKEN ->
                TenantProblem.taken("is_default", "Another tenant is the default of this installation.")
                        .exception();
            case DONE, OUTPACED -> throw new IllegalStateException("Nothing is refused: " + saving);
        };
    }
}

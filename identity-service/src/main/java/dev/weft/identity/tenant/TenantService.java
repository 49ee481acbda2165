package dev.weft.identity.tenant;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.access.Permission;
import dev.weft.common.access.Scope;
import dev.weft.identity.tenantrecord.FoundTenants;
import dev.weft.identity.tenantrecord.Tenant;
import dev.weft.identity.tenantrecord.TenantRepository;
import java.util.List;
import org.springframework.stereotype.Service;

/** How tenants are read. */
@Service
class TenantService {

    private static final String ANY = "";

    private final TenantRepository tenants;
    private final AccessClient access;

    TenantService(TenantRepository tenants, AccessClient access) {
        this.tenants = tenants;
        this.access = access;
    }

    /** The caller's own tenant; all for a caller of none who may read every one. */
    FoundTenants list(Caller caller, int skip, int size) {
        var own = caller.tenantId();
        if (own != null) {
            var tenant = get(caller, own);
            return new FoundTenants(skip == 0 ? List.of(tenant) : List.of(), false, 1);
        }
        return mayReadAll(caller) ? tenants.list(skip, size) : new FoundTenants(List.of(), false, 0);
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

    /** Whether there is a tenant of that id. */
    @OpenToAll("says no more than that an id is taken")
    boolean exists(String id) {
        return tenants.find(id).isPresent();
    }

    /** The tenant, for whoever may do that to it. */
    Tenant visible(Caller caller, String id, Permission permission) {
        var tenant = known(caller, id);
        access.require(caller, permission, new Scope.Tenant(id));
        return tenant;
    }
}

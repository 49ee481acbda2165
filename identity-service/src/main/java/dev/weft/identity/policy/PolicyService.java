package dev.weft.identity.policy;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.access.Permission;
import dev.weft.common.access.Scope;
import dev.weft.identity.policyrecord.PolicyRepository;
import dev.weft.identity.policyrecord.TenantPolicy;
import dev.weft.identity.tenantrecord.TenantRepository;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** How policies are read. */
@Service
class PolicyService {

    private final PolicyRepository policies;
    private final TenantRepository tenants;
    private final AccessClient access;

    PolicyService(PolicyRepository policies, TenantRepository tenants, AccessClient access) {
        this.policies = policies;
        this.tenants = tenants;
        this.access = access;
    }

    TenantPolicy get(Caller caller, String tenantId) {
        return visible(caller, tenantId, Permission.TENANTS_TENANT_LIST_ROLES);
    }

    /** The policy, for whoever may do that with it. */
    TenantPolicy visible(Caller caller, String tenantId, Permission permission) {
        var policy = known(caller, tenantId);
        access.require(caller, permission, new Scope.Tenant(tenantId));
        return policy;
    }

    @OpenToAll("what roles grant is no secret within their tenant")
    TenantPolicy known(Caller caller, String tenantId) {
        return find(caller, tenantId)
                .orElseThrow(() -> PolicyProblem.unknownTenant(tenantId).exception());
    }

    /** For workspace-service, which keeps a copy; empty when there is no such tenant. Not found for another tenant's callers. */
    @OpenToAll("what roles grant is no secret within their tenant")
    Optional<TenantPolicy> find(Caller caller, String tenantId) {
        if (!caller.sees(tenantId)) {
            throw PolicyProblem.unknownTenant(tenantId).exception();
        }
        return tenants.find(tenantId).map(_ -> policies.get(tenantId));
    }

    /** Whether the tenant is there, and is not about to go. */
    @OpenToAll("asked by who has just changed its policy")
    boolean hasTenant(String tenantId) {
        return tenants.find(tenantId).isPresent();
    }
}

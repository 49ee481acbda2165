package dev.weft.identity.user;

import dev.weft.common.access.Caller;
import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import dev.weft.identity.tenantrecord.Tenant;
import dev.weft.identity.tenantrecord.TenantRepository;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Finds the tenant of a request about users: the caller's own, or the one that a service account names. */
@Service
class UserTenants {

    private static final String TENANT = "tenant";

    private final TenantRepository tenants;

    UserTenants(TenantRepository tenants) {
        this.tenants = tenants;
    }

    /** The tenant a new user will be of: for a user any tenant but the own does not exist. */
    Tenant ofCreation(Caller caller, String id) {
        return tenants.find(id).filter(tenant -> caller.sees(tenant.id())).orElseThrow(() -> unknown(id));
    }

    /** The tenant whose users are listed; null for all of them. */
    @Nullable
    String ofList(Caller caller, @Nullable String asked) {
        if (caller.tenantId() != null || asked == null) {
            return caller.tenantId();
        }
        if (!Ids.isEntity(asked)) {
            throw Problem.parameter("tenant_id", asked + " is not an identifier.")
                    .exception();
        }
        return tenants.find(asked)
                .map(Tenant::id)
                .orElseThrow(() -> Problem.notFound(TENANT, asked).exception());
    }

    private static ProblemException unknown(String id) {
        return Problem.of(ProblemCode.NOT_FOUND, "There is no tenant " + id + ".")
                .atReference(TENANT)
                .exception();
    }
}

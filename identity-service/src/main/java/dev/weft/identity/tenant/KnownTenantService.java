package dev.weft.identity.tenant;

import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import java.util.List;
import org.springframework.stereotype.Service;

/** All tenants, for services that may have missed the fact that one was made: they may have started later than this one. */
@Service
class KnownTenantService {

    private final TenantRepository tenants;

    KnownTenantService(TenantRepository tenants) {
        this.tenants = tenants;
    }

    @OpenToAll("services only, which hold every permission")
    List<Tenant> list(Caller caller) {
        if (!caller.isService()) {
            throw Problem.of(ProblemCode.FORBIDDEN, "Only services may ask for all tenants.")
                    .exception();
        }
        return tenants.list();
    }
}

package dev.weft.workspace.contract;

import dev.weft.common.access.Caller;
import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.workspace.contractrecord.ContractFilter;
import dev.weft.workspace.contractrecord.ContractRepository;
import dev.weft.workspace.tenant.KnownTenants;
import org.jspecify.annotations.Nullable;

/** The tenants that a request about contracts may be about. */
record ContractTenants(ContractRepository contracts, KnownTenants tenants) {

    /** A service account belongs to no tenant and names one; others may name their own. */
    void require(Caller caller, String id) {
        var own = caller.tenantId();
        if (own == null ? !isTenant(caller, id) : !own.equals(id)) {
            throw ContractProblem.unknownTenant(id).exception();
        }
    }

    /** Every tenant has its default contract, made when the tenant was told of: who is newer is asked for. */
    private boolean isTenant(Caller caller, String id) {
        // The own store first: nearly every tenant is known by its default contract, and identity-service may be away.
        return contracts.list(new ContractFilter(id, null), 0, 1).total() > 0 || tenants.exists(caller, id);
    }

    /** Null for all of them. */
    @Nullable
    String ofList(Caller caller, @Nullable String asked) {
        if (asked != null && !Ids.isEntity(asked)) {
            throw Problem.parameter("tenant_id", asked + " is not an identifier.")
                    .exception();
        }
        if (asked != null && !isTenant(caller, asked)) {
            throw Problem.notFound("tenant", asked).exception();
        }
        return asked;
    }
}

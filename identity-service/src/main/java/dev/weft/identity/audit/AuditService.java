package dev.weft.identity.audit;

import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.audit.AuditEntry;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** How the audit trail is read: the tenant's by its administrators, a contract's by its owners (api-v2 11.8). */
@Service
class AuditService {

    private final AuditRepository trail;
    private final ContractOwners contracts;

    AuditService(AuditRepository trail, ContractOwners contracts) {
        this.trail = trail;
        this.contracts = contracts;
    }

    /**
     * @param contractId what the list is about; null: the whole tenant
     * @param filter     read only once the caller may read that
     */
    @OpenToAll("asks for a role: permissions can be held by others than owners")
    FoundAudit list(Caller caller, @Nullable String contractId, Supplier<AuditFilter> filter, int skip, int size) {
        if (caller.isTenantAdmin() || caller.isServiceAccount()) {
            requireContract(caller, contractId);
        } else {
            requireOwner(caller, contractId);
        }
        var asked = filter.get();
        // Who is of a tenant reads that one, whatever he names.
        var own = caller.tenantId();
        return trail.list(own == null ? asked : asked.ofTenant(own), skip, size);
    }

    /** A contract that is gone has left its trail, which says who deleted it. */
    private void requireContract(Caller caller, @Nullable String contractId) {
        if (contractId == null) {
            return;
        }
        if (!trail.knowsContract(caller.tenantId(), contractId)
                && contracts.isOwner(caller, contractId).isEmpty()) {
            throw Problem.notFound("contract", contractId).exception();
        }
    }

    private void requireOwner(Caller caller, @Nullable String contractId) {
        if (contractId == null) {
            throw contracts.isOwnerOfAny(caller)
                    ? Problem.parameter(
                                    "contract_id", "contract_id is required: only administrators read all of a tenant.")
                            .exception()
                    : noOwner();
        }
        var isOwner = contracts
                .isOwner(caller, contractId)
                .orElseThrow(() -> Problem.notFound("contract", contractId).exception());
        if (!isOwner) {
            throw noOwner();
        }
    }

    private static ProblemException noOwner() {
        return Problem.of(ProblemCode.FORBIDDEN, "Only owners of a contract read its audit trail.")
                .exception();
    }

    @OpenToAll("told by services of what they did")
    void add(List<AuditEntry> entries) {
        trail.add(entries);
    }
}

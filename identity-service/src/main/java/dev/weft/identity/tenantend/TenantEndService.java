package dev.weft.identity.tenantend;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Permission;
import dev.weft.common.access.Scope;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.identity.tenant.TenantEvents;
import dev.weft.identity.tenantrecord.TenantRepository;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** How a tenant is deleted (api-v2 4.1). */
@Service
class TenantEndService {

    private static final Logger log = LoggerFactory.getLogger(TenantEndService.class);
    /** Shorter than workspace-service keeps the tenant closed. */
    private static final Duration DECIDED_WITHIN = Duration.ofSeconds(30);

    private final TenantRepository tenants;
    private final TenantContracts contracts;
    private final TenantEvents events;
    private final TenantEnding ending;
    private final AccessClient access;
    private final Clock clock;

    TenantEndService(
            TenantRepository tenants,
            TenantContracts contracts,
            TenantEvents events,
            TenantEnding ending,
            AccessClient access,
            Clock clock) {
        this.tenants = tenants;
        this.contracts = contracts;
        this.events = events;
        this.ending = ending;
        this.access = access;
        this.clock = clock;
    }

    void delete(Caller caller, String id) {
        var tenant = tenants.find(id)
                .filter(found -> caller.sees(found.id()))
                .orElseThrow(() -> Problem.notFound("tenant", id).exception());
        access.require(caller, Permission.TENANTS_TENANT_DELETE, new Scope.Tenant(id));
        var asked = clock.instant();
        var left = contracts.close(id);
        if (!left.isEmpty()) {
            throw Problem.of(ProblemCode.IN_USE, "The tenant has contracts.")
                    .with("contract_ids", left)
                    .exception();
        }
        if (clock.instant().isAfter(asked.plus(DECIDED_WITHIN))) {
            throw Problem.of(ProblemCode.UNAVAILABLE, "Whether the tenant is in use could not be told in time.")
                    .exception();
        }
        // If two delete it, the second gets the answer that would be right a moment later anyway.
        if (!tenants.beginDeletion(id, events.deleted(tenant, caller.id()))) {
            throw Problem.notFound("tenant", id).exception();
        }
        log.info("Tenant {} ({}) is deleted, says {}", tenant.code(), id, caller.id());
        ending.beginIfPossible(tenant);
    }
}

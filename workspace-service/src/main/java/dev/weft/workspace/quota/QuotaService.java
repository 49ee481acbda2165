package dev.weft.workspace.quota;

import static dev.weft.common.access.Permission.CONTRACTS_CONTRACT_GET;
import static dev.weft.common.access.Permission.GLOBAL_QUOTA_LIMITS_EDIT;
import static dev.weft.common.access.Permission.TENANTS_TENANT_GET;
import static dev.weft.common.access.Permission.WORKSPACES_WORKSPACE_LIST_ALL;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Scope;
import dev.weft.common.event.Fact;
import dev.weft.common.outbox.Outbox;
import dev.weft.common.problem.Problem;
import dev.weft.workspace.contractrecord.ContractRepository;
import dev.weft.workspace.policy.RoleKeeping;
import dev.weft.workspace.tenant.KnownTenants;
import dev.weft.workspace.workspacerecord.WorkspaceRepository;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** The use cases of quotas (api-v2 12). */
@Service
class QuotaService {

    private static final Logger log = LoggerFactory.getLogger(QuotaService.class);

    private final QuotaRepository quotas;
    private final ContractRepository contracts;
    private final WorkspaceRepository workspaces;
    private final KnownTenants tenants;
    private final RoleKeeping keeping;
    private final AccessClient access;
    private final Outbox outbox;

    QuotaService(
            QuotaRepository quotas,
            ContractRepository contracts,
            WorkspaceRepository workspaces,
            KnownTenants tenants,
            RoleKeeping keeping,
            AccessClient access,
            Outbox outbox) {
        this.quotas = quotas;
        this.contracts = contracts;
        this.workspaces = workspaces;
        this.tenants = tenants;
        this.keeping = keeping;
        this.access = access;
        this.outbox = outbox;
    }

    /** What is in force there, whether it was set for that or for something wider. */
    Quota get(Caller caller, String type, String context) {
        var found = existing(caller, type, context);
        var scope = scope(caller, found.context());
        var instead = switch (scope) {
            case Scope.Workspace _ -> WORKSPACES_WORKSPACE_LIST_ALL;
            case Scope.Contract _ -> CONTRACTS_CONTRACT_GET;
            case Scope.Tenant _ -> TENANTS_TENANT_GET;
        };
        access.requireMemberOr(caller, scope, instead);
        requireFitting(found);
        return quotas.first(found.type(), found.context().andWider())
                .map(set -> new Quota(found.type(), found.context(), set.limit()))
                .orElse(found);
    }

    /** @param document the limit, read only once the caller may set it */
    Quota put(Caller caller, String type, String context, Supplier<Long> document) {
        var found = existing(caller, type, context);
        // A suspended contract may get other limits: they are no change of the contract's own.
        access.requireToRead(caller, GLOBAL_QUOTA_LIMITS_EDIT, scope(caller, found.context()));
        requireFitting(found);
        var quota = new Quota(found.type(), found.context(), document.get());
        var set = quota.context().ids().isEmpty() ? store(caller, quota) : storeWithin(caller, quota);
        log.info("Quota {} of {} is {}, says {}", set.type().wire(), set.contextText(), set.limit(), caller.id());
        return set;
    }

    /** Within it the tenant stays: after its end nobody would remove the quota. */
    private Quota storeWithin(Caller caller, Quota quota) {
        var tenant = quota.context().ids().getFirst();
        return keeping.keeping(tenant, List.of(), _ -> Problem.notFound("tenant", tenant), () -> store(caller, quota));
    }

    private Quota store(Caller caller, Quota quota) {
        var ids = quota.context().ids();
        var place = new Outbox.Place(
                ids.isEmpty() ? null : ids.getFirst(),
                ids.size() > 1 ? ids.get(1) : null,
                ids.size() > 2 ? ids.get(2) : null);
        // Version 0: who hears it only forgets what it remembers.
        quotas.put(
                quota,
                outbox.event(
                        Fact.QUOTA_CHANGED,
                        0,
                        place,
                        quota.contextText(),
                        caller.id(),
                        Map.of("quota", quota.type().wire())));
        return quota;
    }

    private static void requireFitting(Quota quota) {
        if (!quota.context().fits(quota.type())) {
            throw QuotaProblem.tooNarrow(quota.type()).exception();
        }
    }

    /** What is asked for, if there is such a type and all that the context names; unset as long as nobody set it. */
    private Quota existing(Caller caller, String type, String context) {
        var known = QuotaType.find(type)
                .orElseThrow(() -> QuotaProblem.unknownType(type).exception());
        var named = QuotaContext.parse(context)
                .filter(one -> isThere(caller, one.ids()))
                .orElseThrow(() -> QuotaProblem.unknownContext(context).exception());
        return new Quota(known, named, Quota.UNLIMITED);
    }

    private boolean isThere(Caller caller, List<String> ids) {
        if (ids.isEmpty()) {
            return true;
        }
        var tenant = ids.getFirst();
        if (!caller.sees(tenant)) {
            return false;
        }
        if (ids.size() == 1) {
            return caller.tenantId() != null || tenants.exists(caller, tenant);
        }
        var contract = ids.get(1);
        if (contracts
                .find(contract)
                .filter(one -> one.tenantId().equals(tenant))
                .isEmpty()) {
            return false;
        }
        return ids.size() == 2
                || workspaces
                        .find(ids.get(2))
                        .filter(one -> one.contractId().equals(contract))
                        .isPresent();
    }

    /** That of all tenants is asked for in the caller's own: nobody is a member of more. */
    private static Scope scope(Caller caller, QuotaContext context) {
        var ids = context.ids();
        return switch (ids.size()) {
            case 0 -> new Scope.Tenant(caller.tenantId() == null ? "" : caller.tenantId());
            case 1 -> new Scope.Tenant(ids.getFirst());
            case 2 -> new Scope.Contract(ids.get(1));
            default -> new Scope.Workspace(ids.get(2));
        };
    }
}

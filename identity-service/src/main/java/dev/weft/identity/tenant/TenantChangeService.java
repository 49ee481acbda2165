package dev.weft.identity.tenant;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Permission;
import dev.weft.common.access.Scope;
import dev.weft.common.id.Ids;
import dev.weft.identity.tenantrecord.AccountNames;
import dev.weft.identity.tenantrecord.Tenant;
import dev.weft.identity.tenantrecord.TenantChange;
import dev.weft.identity.tenantrecord.TenantRepository;
import dev.weft.identity.tenantrecord.TenantSaving;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** How tenants are made and changed. */
@Service
class TenantChangeService {

    private static final int ATTEMPTS = 30;

    private final TenantRepository tenants;
    private final TenantService reads;
    private final TenantEvents events;
    private final TenantUsers users;
    private final AccountNames accounts;
    private final AccessClient access;
    private final Ids ids;
    private final Clock clock;

    TenantChangeService(
            TenantRepository tenants,
            TenantService reads,
            TenantEvents events,
            TenantUsers users,
            AccountNames accounts,
            AccessClient access,
            Ids ids,
            Clock clock) {
        this.tenants = tenants;
        this.reads = reads;
        this.events = events;
        this.users = users;
        this.accounts = accounts;
        this.access = access;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param document read only once the caller may make tenants */
    Tenant create(Caller caller, Supplier<TenantChange> document) {
        var id = ids.next();
        // A new tenant is no scope yet, so the creator needs the permission in the own tenant, or everywhere.
        access.require(
                caller,
                Permission.TENANTS_TENANT_CREATE,
                new Scope.Tenant(caller.tenantId() == null ? id : caller.tenantId()));
        var wish = document.get();
        requireRight(wish, id);
        var tenant = new Tenant(id, "", "", "", "", Map.of(), List.of(), clock.instant(), 0).with(wish);
        requireBounded(tenant);
        return withCode(wish, id, () -> {
            var saving = tenants.insert(tenant, events.created(tenant, caller.id()));
            if (saving != TenantSaving.DONE) {
                throw TenantProblem.of(saving).exception();
            }
            return tenant;
        });
    }

    /** Stores what has the code that is wished, unless it names the account of another tenant, or is about to. */
    private Tenant withCode(TenantChange wish, String id, Supplier<Tenant> storing) {
        var code = wish.code();
        if (code == null) {
            return storing.get();
        }
        return accounts.whileHeld(code, () -> {
                    if (accounts.isTaken(code, id)) {
                        throw TenantProblem.of(TenantSaving.CODE_TAKEN).exception();
                    }
                    return storing.get();
                })
                .orElseThrow(() -> TenantProblem.of(TenantSaving.CODE_TAKEN).exception());
    }

    /** @param document read only once the caller may change the tenant */
    Tenant change(Caller caller, String id, Supplier<TenantChange> document) {
        reads.visible(caller, id, Permission.TENANTS_TENANT_EDIT);
        var wish = document.get();
        requireRight(wish, id);
        var before = new AtomicReference<@Nullable Tenant>();
        var tenant = withCode(
                wish,
                id,
                () -> save(caller, id, present -> {
                    before.set(present);
                    var changed = present.with(wish);
                    requireBounded(changed);
                    return changed;
                }));
        var supporter = wish.supportUserId();
        // Asked after the tenant is stored: a user who leaves the last contract is deleted unless somebody needs him. A
        // question before would leave a moment in which neither side knows of the other.
        if (supporter != null && !users.keep(supporter)) {
            // The user was deleted after he was looked up. Of a refused request nothing stays (api-v2 15).
            save(caller, id, present -> present.withoutChange(Objects.requireNonNull(before.get()), tenant));
            throw TenantProblem.unknownSupportUser().exception();
        }
        return tenant;
    }

    private void requireRight(TenantChange wish, String id) {
        var supporter = wish.supportUserId();
        if (supporter != null && !users.belongsTo(supporter, id)) {
            wish.faults().add(TenantProblem.unknownSupportUser());
        }
        wish.faults().orThrow();
    }

    private static void requireBounded(Tenant tenant) {
        if (tenant.hidesTooMuch()) {
            throw TenantProblem.tooManyHidden().exception();
        }
    }

    /** Decides on the tenant as it is and saves; decides again when someone was faster. */
    private Tenant save(Caller caller, String id, UnaryOperator<Tenant> decision) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            // Read anew at each attempt, so that changes of other requests are kept.
            var changed = decision.apply(reads.known(caller, id));
            var saving = tenants.update(changed, events.updated(changed, caller.id()));
            if (saving == TenantSaving.DONE) {
                return changed;
            }
            if (saving != TenantSaving.OUTPACED) {
                throw TenantProblem.of(saving).exception();
            }
        }
        throw TenantProblem.changedByMany().exception();
    }
}

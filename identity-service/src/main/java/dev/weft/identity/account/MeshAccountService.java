package dev.weft.identity.account;

import static dev.weft.common.access.Permission.TENANTS_TENANT_EDIT;
import static dev.weft.common.access.Permission.TENANTS_TENANT_GET;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.access.Scope;
import dev.weft.common.id.Ids;
import dev.weft.identity.tenantrecord.AccountNames;
import dev.weft.identity.tenantrecord.Tenant;
import dev.weft.identity.tenantrecord.TenantRepository;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Service;

/** The use cases of accounts and their clients (api-v2 12a). */
@Service
class MeshAccountService {

    private static final int ATTEMPTS = 30;

    private final MeshAccountRepository accounts;
    private final AccountNames names;
    private final TenantRepository tenants;
    private final AccessClient access;
    private final Ids ids;
    private final Clock clock;

    MeshAccountService(
            MeshAccountRepository accounts,
            AccountNames names,
            TenantRepository tenants,
            AccessClient access,
            Ids ids,
            Clock clock) {
        this.accounts = accounts;
        this.names = names;
        this.tenants = tenants;
        this.access = access;
        this.ids = ids;
        this.clock = clock;
    }

    AccountOf get(Caller caller, String tenantId) {
        var found = known(caller, tenantId);
        access.requireToRead(caller, TENANTS_TENANT_GET, new Scope.Tenant(tenantId));
        return found;
    }

    /** @param document read only once the caller may change the account */
    AccountOf change(Caller caller, String tenantId, Supplier<MeshAccountChange> document) {
        requireToEdit(caller, tenantId);
        var change = document.get();
        if (change.name().isEmpty()) {
            return save(caller, tenantId, change);
        }
        var name = change.name().get();
        return names.whileHeld(name, () -> {
                    requireFree(name, tenantId);
                    return save(caller, tenantId, change);
                })
                .orElseThrow(() -> MeshAccountProblem.nameTaken().exception());
    }

    private AccountOf save(Caller caller, String tenantId, MeshAccountChange change) {
        return save(caller, tenantId, account -> switch (account.with(change)) {
            case MeshAccount.Changed.To(var next) -> next;
            case MeshAccount.Changed.NamedAlready(var name) ->
                throw MeshAccountProblem.namedAlready(name).exception();
        });
    }

    /** The code of a tenant is the name of its account until it has another. */
    private void requireFree(String name, String tenantId) {
        if (tenants.findByCode(name)
                .filter(other -> !other.id().equals(tenantId))
                .isPresent()) {
            throw MeshAccountProblem.nameTaken().exception();
        }
    }

    MeshClient client(Caller caller, String tenantId, String publicKey) {
        var client = existing(known(caller, tenantId).account(), publicKey);
        access.requireToRead(caller, TENANTS_TENANT_GET, new Scope.Tenant(tenantId));
        return client;
    }

    /** @param document the name of the client, read only once the caller may make clients */
    MeshClient addClient(Caller caller, String tenantId, Supplier<String> document) {
        requireToEdit(caller, tenantId);
        var name = document.get();
        var publicKey = ids.nextHex32();
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var changed = save(caller, tenantId, account -> {
            if (account.isFull()) {
                throw MeshAccountProblem.full().exception();
            }
            return account.withClient(publicKey, name, now);
        });
        return existing(changed.account(), publicKey);
    }

    void removeClient(Caller caller, String tenantId, String publicKey) {
        existing(known(caller, tenantId).account(), publicKey);
        requireToEdit(caller, tenantId);
        save(caller, tenantId, account -> account.withoutClient(publicKey));
    }

    /** Whether the tenant's account has a client of that id. */
    @OpenToAll("says no more than that an id is taken")
    boolean exists(Caller caller, String tenantId, String publicKey) {
        return known(caller, tenantId).account().client(publicKey).isPresent();
    }

    private void requireToEdit(Caller caller, String tenantId) {
        known(caller, tenantId);
        access.require(caller, TENANTS_TENANT_EDIT, new Scope.Tenant(tenantId));
    }

    /** Decides on the account as it is and stores it; decides again when someone was faster. */
    private AccountOf save(Caller caller, String tenantId, UnaryOperator<MeshAccount> decision) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var found = known(caller, tenantId);
            var changed = decision.apply(found.account());
            switch (accounts.store(changed)) {
                case DONE -> {
                    requireStillThere(tenantId);
                    return new AccountOf(found.tenant(), changed);
                }
                case NAME_TAKEN -> throw MeshAccountProblem.nameTaken().exception();
                case OUTPACED -> {}
            }
        }
        throw MeshAccountProblem.changedByMany().exception();
    }

    /** Asked after the account is stored: either this finds that the tenant goes, or its end finds the account. */
    private void requireStillThere(String tenantId) {
        if (tenants.find(tenantId).isEmpty()) {
            accounts.remove(tenantId);
            throw MeshAccountProblem.unknownTenant(tenantId).exception();
        }
    }

    private AccountOf known(Caller caller, String tenantId) {
        Tenant tenant = tenants.find(tenantId)
                .filter(found -> caller.sees(found.id()))
                .orElseThrow(() -> MeshAccountProblem.unknownTenant(tenantId).exception());
        return new AccountOf(tenant, accounts.find(tenantId).orElseGet(() -> MeshAccount.ofNew(tenant)));
    }

    private static MeshClient existing(MeshAccount account, String publicKey) {
        return account.client(publicKey)
                .orElseThrow(() -> MeshAccountProblem.unknownClient(publicKey).exception());
    }
}

package dev.weft.identity.machinekey;

import static dev.weft.common.access.Permission.CONTRACTS_CONTRACT_EDIT;
import static dev.weft.common.access.Permission.TENANTS_TENANT_EDIT;

import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Grants;
import dev.weft.common.access.OpenToAll;
import dev.weft.common.access.Permission;
import dev.weft.common.access.Scope;
import dev.weft.common.crypto.Secret;
import dev.weft.common.deletion.Deletions;
import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import dev.weft.identity.tenantrecord.TenantRepository;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** The use cases of machine keys (api-v2 12a), of a contract and of a tenant alike. */
@Service
class MachineKeyService {

    private static final Logger log = LoggerFactory.getLogger(MachineKeyService.class);

    /** Of a place: all go one by one with their contract, and a list shows all. */
    private static final int MOST = 1_000;

    private final MachineKeyRepository keys;
    private final TenantRepository tenants;
    private final AccessClient access;
    private final MachineKeyFacts facts;
    private final Deletions deletions;
    private final Ids ids;
    private final Clock clock;

    MachineKeyService(
            MachineKeyRepository keys,
            TenantRepository tenants,
            AccessClient access,
            MachineKeyFacts facts,
            Deletions deletions,
            Ids ids,
            Clock clock) {
        this.keys = keys;
        this.tenants = tenants;
        this.access = access;
        this.facts = facts;
        this.deletions = deletions;
        this.ids = ids;
        this.clock = clock;
    }

    FoundMachineKeys list(Caller caller, Scope scope, int skip, int size) {
        var place = place(caller, scope);
        access.requireToRead(caller, permission(scope), scope);
        return keys.list(place, skip, size);
    }

    MachineKey get(Caller caller, Scope scope, String accessKey) {
        var key = visible(caller, scope, accessKey);
        access.requireToRead(caller, permission(scope), scope);
        return key;
    }

    /** @param document read only once the caller may make keys there */
    MachineKey create(Caller caller, Scope scope, Supplier<SentMachineKey> document) {
        var place = place(caller, scope);
        access.require(caller, permission(scope), scope);
        var sent = document.get();
        if (keys.count(place) >= MOST) {
            throw Problem.of(ProblemCode.INVALID_STATE, "There are " + MOST + " machine keys there already.")
                    .exception();
        }
        var key = new MachineKey(
                MachineKey.accessKeyOf(ids.randomBytes(MachineKey.RANDOM_BYTES)),
                place.tenantId(),
                place.contractId(),
                sent.name(),
                sent.role(),
                new Secret(ids.nextSecret()),
                caller.id(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                null,
                sent.expiresAt());
        keys.insert(key);
        // Asked after it is stored: either this finds the deletion of the contract or tenant, or that finds the key.
        if (deletions.hasBegun(scope.id()) || tenants.find(key.tenantId()).isEmpty()) {
            keys.revoke(key.accessKey(), facts.changed(key.accessKey(), key.tenantId(), key.contractId(), caller.id()));
            throw unknown(scope);
        }
        log.info("Machine key {} is made in {} {} by {}", key.accessKey(), scope.kind(), scope.id(), caller.id());
        return key;
    }

    void revoke(Caller caller, Scope scope, String accessKey) {
        var key = visible(caller, scope, accessKey);
        access.require(caller, permission(scope), scope);
        keys.revoke(accessKey, facts.changed(accessKey, key.tenantId(), key.contractId(), caller.id()));
        log.info("Machine key {} is revoked by {}", accessKey, caller.id());
    }

    /** Whether the caller's tenant has a key of that id. */
    @OpenToAll("says no more than that an id is taken")
    boolean exists(Caller caller, String accessKey) {
        return keys.find(accessKey).filter(key -> caller.sees(key.tenantId())).isPresent();
    }

    /** The key, unless it is of another place or the caller can not see that place at all: 404 comes before 403. */
    private MachineKey visible(Caller caller, Scope scope, String accessKey) {
        var place = place(caller, scope);
        return find(accessKey)
                .filter(place::holds)
                .orElseThrow(() -> Problem.notFound("machine key", accessKey).exception());
    }

    private Optional<MachineKey> find(String accessKey) {
        return Ids.isAccessKey(accessKey) ? keys.find(accessKey) : Optional.empty();
    }

    private KeyPlace place(Caller caller, Scope scope) {
        return switch (scope) {
            case Scope.Contract(var id) -> {
                var grants = Ids.isEntity(id) ? access.find(caller, scope) : Optional.<Grants>empty();
                yield new KeyPlace(grants.orElseThrow(() -> unknown(scope)).tenantId(), id);
            }
            case Scope.Tenant(var id) -> {
                var tenant = tenants.find(id).filter(found -> caller.sees(found.id()));
                yield new KeyPlace(tenant.orElseThrow(() -> unknown(scope)).id(), null);
            }
            case Scope.Workspace _ -> throw new IllegalArgumentException("No workspace has machine keys.");
        };
    }

    private static Permission permission(Scope scope) {
        return scope instanceof Scope.Tenant ? TENANTS_TENANT_EDIT : CONTRACTS_CONTRACT_EDIT;
    }

    private static ProblemException unknown(Scope scope) {
        return Problem.notFound(scope instanceof Scope.Tenant ? "tenant" : "contract", scope.id())
                .exception();
    }
}

package dev.weft.identity.machinekey;

import dev.weft.common.event.Outgoing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** The machine keys of all tenants, without those that are revoked. */
public interface MachineKeyRepository {

    Optional<MachineKey> find(String accessKey);

    /** In the order of their access keys. */
    FoundMachineKeys list(KeyPlace place, int skip, int size);

    /** How many there are. */
    long count(KeyPlace place);

    void insert(MachineKey key);

    /** From now on there is none such; the fact is told when this returns, if the broker is there. */
    void revoke(String accessKey, Outgoing fact);

    /** Revokes all keys of a contract; may be called again. */
    void revokeAllOf(String contractId, Function<String, Outgoing> fact);

    /** Revokes all keys of a tenant, also those of its contracts; may be called again. */
    void revokeAllOfTenant(String tenantId, Function<String, Outgoing> fact);

    /** So often at most is it stored that a key was used (api-v2 2). */
    Duration USE_NOTED_EVERY = Duration.ofMinutes(1);

    /** Removes what is left of the contract's revoked keys whose end is told. */
    void removeToldOf(String contractId);

    /** Whether anything is stored of a key of the contract, revoked ones included. */
    boolean hasAnyOf(String contractId);

    /** The key was used, unless that is noted of the last minute already. */
    void noteUse(String accessKey, Instant at);
}

package dev.weft.identity.machinekey;

import dev.weft.common.crypto.Secret;
import dev.weft.common.crypto.Vault;
import dev.weft.common.event.Outgoing;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.Field;

/**
 * A machine key as it is stored.
 *
 * @param secret  encrypted under the access key
 * @param revoked true while only the fact of it is left to be told
 */
@Document(StoredMachineKey.COLLECTION)
record StoredMachineKey(
        @Id String accessKey,
        String tenant,
        @Nullable String contract,
        String name,
        String role,
        String secret,
        @Field("created_by") String createdBy,
        @Field("created_at") Instant createdAt,
        @Field("last_used_at") @Nullable Instant lastUsedAt,
        @Field("expires_at") @Nullable Instant expiresAt,
        boolean revoked,
        @Nullable List<Outgoing> outbox) {

    static final String COLLECTION = "machine_keys";

    static StoredMachineKey of(MachineKey key, Vault vault) {
        return new StoredMachineKey(
                key.accessKey(),
                key.tenantId(),
                key.contractId(),
                key.name(),
                key.role(),
                vault.lock(key.secret().reveal(), key.accessKey()),
                key.createdBy(),
                key.createdAt(),
                key.lastUsedAt(),
                key.expiresAt(),
                false,
                List.of());
    }

    MachineKey toKey(Vault vault) {
        return new MachineKey(
                accessKey,
                tenant,
                contract,
                name,
                role,
                Secret.locked(() -> vault.unlock(secret, accessKey)),
                createdBy,
                createdAt,
                lastUsedAt,
                expiresAt);
    }
}

package dev.weft.identity.account;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.Field;

/**
 * {@code {_id: tenant, name?, anonymous_registration, public_registration, verification, clients: [{public_key, name,
 * created_at}], revision}}; the name is unique.
 */
@Document(StoredMeshAccount.COLLECTION)
record StoredMeshAccount(
        @Id String tenant,
        @Nullable String name,
        @Field("anonymous_registration") boolean anonymous,
        @Field("public_registration") boolean open,
        String verification,
        List<Client> clients,
        long revision) {

    static final String COLLECTION = "mesh_accounts";

    /** One of them. */
    record Client(
            @Field("public_key") String publicKey,
            String name,
            @Field("created_at") Instant createdAt) {}

    static StoredMeshAccount of(MeshAccount account) {
        return new StoredMeshAccount(
                account.tenantId(),
                account.name(),
                account.anonymous(),
                account.open(),
                account.verification(),
                account.clients().stream()
                        .map(one -> new Client(one.publicKey(), one.name(), one.createdAt()))
                        .toList(),
                account.revision() + 1);
    }

    MeshAccount toAccount() {
        var all = clients.stream()
                .map(one -> new MeshClient(one.publicKey(), one.name(), one.createdAt()))
                .toList();
        return new MeshAccount(tenant, name, anonymous, open, verification, all, revision);
    }
}

package dev.weft.workspace.oauthclient;

import dev.weft.common.crypto.Secret;
import dev.weft.common.crypto.Vault;
import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.Field;

/** {@code {_id, tenant, component, client_id, secret: encrypted under the id, created_at, updated_at, revision}}. */
@Document(StoredOAuthClient.COLLECTION)
record StoredOAuthClient(
        @Id String id,
        String tenant,
        String component,
        @Field("client_id") String clientId,
        String secret,
        @Field("created_at") Instant createdAt,
        @Field("updated_at") Instant updatedAt,
        long revision) {

    static final String COLLECTION = "oauth_clients";

    static StoredOAuthClient of(OAuthClient client, Vault vault) {
        return new StoredOAuthClient(
                client.id(),
                client.tenantId(),
                client.componentId(),
                client.clientId(),
                vault.lock(client.secret().reveal(), client.id()),
                client.createdAt(),
                client.updatedAt(),
                client.revision());
    }

    OAuthClient toClient(Vault vault) {
        return new OAuthClient(
                id,
                tenant,
                component,
                clientId,
                Secret.locked(() -> vault.unlock(secret, id)),
                createdAt,
                updatedAt,
                revision);
    }
}

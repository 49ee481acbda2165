package dev.weft.workspace.oauthclient;

import dev.weft.common.crypto.Secret;
import java.time.Instant;

/**
 * What the components of a tenant show to a foreign authorisation server; a component has one in a tenant.
 *
 * @param clientId by which that server knows the client
 * @param secret   never shown again
 * @param revision counts the changes; a change holds only on the revision it was decided on
 */
record OAuthClient(
        String id,
        String tenantId,
        String componentId,
        String clientId,
        Secret secret,
        Instant createdAt,
        Instant updatedAt,
        long revision) {

    /** Applies a request: what it does not name stays. */
    OAuthClient with(OAuthClientWish wish, Instant now) {
        return new OAuthClient(
                id,
                tenantId,
                componentId,
                wish.clientId().orElse(clientId),
                wish.secret().orElse(secret),
                createdAt,
                now,
                revision);
    }

    OAuthClient next() {
        return new OAuthClient(id, tenantId, componentId, clientId, secret, createdAt, updatedAt, revision + 1);
    }
}

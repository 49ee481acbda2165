package dev.weft.workspace.oauthclient;

import java.util.Optional;

/** The OAuth clients of all tenants. */
interface OAuthClientRepository {

    Optional<OAuthClient> find(String id);

    /** In the order of their ids. */
    FoundOAuthClients list(String tenantId, int skip, int size);

    /** False when the tenant has one for the component. */
    boolean insert(OAuthClient client);

    /** Saves what was decided on {@code client.revision()}; false when someone was faster. */
    boolean save(OAuthClient client);

    void remove(String id);

    /** The tenant is gone. */
    void removeAllOf(String tenantId);
}

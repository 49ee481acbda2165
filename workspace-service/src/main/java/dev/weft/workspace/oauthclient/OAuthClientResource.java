package dev.weft.workspace.oauthclient;

import dev.weft.common.jsonapi.Resource;

/** An OAuth client on the wire, without its secret (api-v2 12). */
final class OAuthClientResource {

    static final String TYPE = "oauth-client";

    private OAuthClientResource() {}

    static Resource of(OAuthClient client) {
        return Resource.of(TYPE, client.id(), "/v2/tenants/" + client.tenantId() + "/oauth-clients/" + client.id())
                .attribute("client_id", client.clientId())
                .attribute("created_at", client.createdAt())
                .attribute("updated_at", client.updatedAt())
                .toOne("component", "component", client.componentId(), "/v2/components")
                .toOne("tenant", "tenant", client.tenantId(), "/v2/tenants");
    }
}

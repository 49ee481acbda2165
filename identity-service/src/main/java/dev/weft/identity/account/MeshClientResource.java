package dev.weft.identity.account;

import dev.weft.common.jsonapi.Resource;

/** A client of an account on the wire (api-v2 12a). */
final class MeshClientResource {

    static final String TYPE = "mesh-client";

    private MeshClientResource() {}

    static Resource of(String tenantId, MeshClient client) {
        return Resource.of(
                        TYPE, client.publicKey(), MeshAccountResource.path(tenantId) + "/clients/" + client.publicKey())
                .attribute("name", client.name())
                .attribute("public_key", client.publicKey())
                .attribute("created_at", client.createdAt());
    }
}

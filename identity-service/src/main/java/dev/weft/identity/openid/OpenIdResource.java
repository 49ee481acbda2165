package dev.weft.identity.openid;

import dev.weft.common.jsonapi.Resource;

/** A foreign identity on the wire (api-v2 4.5). No link leads to it: it can be made and deleted only. */
final class OpenIdResource {

    static final String TYPE = "openid-identity";

    private OpenIdResource() {}

    static Resource of(OpenIdIdentity identity) {
        return Resource.of(TYPE, identity.id(), null)
                .attribute("iss", identity.iss())
                .attribute("sub", identity.sub())
                .toOne("user", "user", identity.userId(), "/v2/users");
    }
}

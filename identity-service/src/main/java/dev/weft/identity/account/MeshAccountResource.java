package dev.weft.identity.account;

import dev.weft.common.jsonapi.Resource;

/** An account on the wire (api-v2 12a). */
final class MeshAccountResource {

    static final String TYPE = "mesh-account";

    private MeshAccountResource() {}

    static String path(String tenantId) {
        return "/v2/tenants/" + tenantId + "/mesh-account";
    }

    static Resource of(AccountOf found) {
        var account = found.account();
        return Resource.of(TYPE, account.tenantId(), path(account.tenantId()))
                .attribute("account_name", found.name())
                .attribute("anonymous_registration", account.anonymous())
                .attribute("public_registration", account.open())
                .attribute("verification", account.verification())
                .toOne("tenant", "tenant", account.tenantId(), "/v2/tenants");
    }
}

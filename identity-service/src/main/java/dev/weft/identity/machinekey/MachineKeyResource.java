package dev.weft.identity.machinekey;

import dev.weft.common.jsonapi.Resource;

/** A machine key on the wire (api-v2 12a). */
final class MachineKeyResource {

    static final String TYPE = "machine-key";

    private MachineKeyResource() {}

    static Resource of(MachineKey key) {
        var contract = key.contractId();
        var owner = contract == null ? "/v2/tenants/" + key.tenantId() : "/v2/contracts/" + contract;
        return Resource.of(TYPE, key.accessKey(), owner + "/machine-keys/" + key.accessKey())
                .attribute("name", key.name())
                .attribute("role", key.role())
                .attribute("access_key", key.accessKey())
                .attribute("organization_id", OrganizationId.of(key.tenantId()))
                .attribute("created_at", key.createdAt())
                .attribute("last_used_at", key.lastUsedAt())
                .attribute("expires_at", key.expiresAt())
                .toOne("tenant", "tenant", contract == null ? key.tenantId() : null, "/v2/tenants")
                .toOne("contract", "contract", contract, "/v2/contracts");
    }

    /** The secret is shown this once. */
    static Resource withSecret(MachineKey key) {
        return of(key).attribute("secret", key.secret().reveal());
    }
}

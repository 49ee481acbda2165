package dev.weft.identity.policy;

import dev.weft.common.access.Permission;
import dev.weft.common.jsonapi.Resource;
import dev.weft.identity.policyrecord.PolicyRole;
import dev.weft.identity.policyrecord.TenantPolicy;
import java.util.LinkedHashMap;
import java.util.Map;

/** A tenant's policy on the wire (api-v2 4.2, 14.10). */
final class PolicyResource {

    static final String TYPE = "tenant-policy";

    private PolicyResource() {}

    static Resource of(TenantPolicy policy) {
        var id = policy.tenantId();
        return Resource.of(TYPE, id, "/v2/tenants/" + id + "/roles")
                .attribute(
                        "roles",
                        policy.roles().stream().map(PolicyResource::role).toList())
                .toOne("tenant", "tenant", id, "/v2/tenants");
    }

    /** {@code {"role","scope","i18n":{"en"},"permissions":[..]}}: as other services are told it, too. */
    static Map<String, Object> role(PolicyRole role) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("role", role.key().role());
        shown.put("scope", role.key().scope());
        shown.put("i18n", role.i18n());
        shown.put(
                "permissions",
                role.permissions().stream().map(Permission::wire).sorted().toList());
        return shown;
    }
}

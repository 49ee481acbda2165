package dev.weft.identity.role;

import dev.weft.common.jsonapi.RequestDocument;
import dev.weft.identity.tenantrecord.Tenant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The document that gives or withdraws the roles of a tenant (api-v2 4.3). */
final class TenantMemberRequest {

    private final @Nullable JsonNode body;

    TenantMemberRequest(@Nullable JsonNode body) {
        this.body = body;
    }

    /** The roles that the user is to have. */
    Set<String> roles(String userId) {
        var fields = RequestDocument.of(body, TenantMemberResource.TYPE)
                .forId(userId, false)
                .fields();
        fields.require("roles");
        var roles = fields.texts("roles").orElse(List.of());
        roles.stream()
                .filter(role -> !role.equals(Tenant.ADMIN_ROLE))
                .forEach(role -> fields.problem("roles", "A tenant has no role " + role + "."));
        fields.orThrow();
        return Set.copyOf(roles);
    }
}

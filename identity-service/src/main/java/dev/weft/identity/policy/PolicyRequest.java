package dev.weft.identity.policy;

import dev.weft.common.jsonapi.Fields;
import dev.weft.common.jsonapi.RequestDocument;
import dev.weft.identity.policyrecord.PolicyRole;
import dev.weft.identity.policyrecord.RoleKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The document that replaces the roles of a tenant (api-v2 4.2). */
final class PolicyRequest {

    private static final String ROLES = "roles";
    // A policy is one document, and each service that asks for grants remembers what follows from it.
    private static final int MOST_ROLES = 200;

    private final @Nullable JsonNode body;

    PolicyRequest(@Nullable JsonNode body) {
        this.body = body;
    }

    /** Empty when the request says nothing of roles; refused with all its faults. */
    Optional<PolicyWish> change(String tenantId) {
        var fields = RequestDocument.of(body, PolicyResource.TYPE)
                .forId(tenantId, false)
                .fields();
        var wish = fields.has(ROLES) ? Optional.of(new PolicyWish(roles(fields))) : Optional.<PolicyWish>empty();
        fields.orThrow();
        return wish;
    }

    private static List<PolicyRole> roles(Fields fields) {
        var sent = fields.node(ROLES);
        if (!sent.isArray()) {
            fields.problem(ROLES, "roles must be a list of {role, scope, permissions, i18n}.");
            return List.of();
        }
        if (sent.size() > MOST_ROLES) {
            fields.problem(ROLES, "A tenant may have " + MOST_ROLES + " roles.");
            return List.of();
        }
        var roles = new ArrayList<PolicyRole>();
        Set<RoleKey> named = new HashSet<>();
        for (int i = 0; i < sent.size(); i++) {
            var place = ROLES + "/" + i;
            var role = new PolicyRoleForm(sent.get(i), place, fields.faults()).read();
            // A scope or name that is wrong has been told of as such, and makes no role a repeated one.
            if (!role.key().scope().isEmpty() && !role.key().role().isEmpty() && !named.add(role.key())) {
                fields.faults().add(place, "The scope " + role.key().scope() + " has this role already.");
            }
            roles.add(role);
        }
        return roles;
    }
}

package dev.weft.workspace.contract;

import dev.weft.common.jsonapi.Fields;
import dev.weft.workspace.permission.RoleName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The attribute {@code available_roles} of a request: {@code [{"scope": "contracts", "role": "admin"}]}. */
final class AvailableRoles {

    private AvailableRoles() {}

    /** Null when the request says nothing of them. */
    static @Nullable List<RoleName> read(Fields fields, Set<RoleName> inPolicy) {
        if (!fields.has("available_roles")) {
            return null;
        }
        var sent = fields.node("available_roles");
        if (!sent.isArray()) {
            fields.problem("available_roles", "available_roles must be a list of {scope, role}.");
            return null;
        }
        var roles = new ArrayList<RoleName>();
        for (var i = 0; i < sent.size(); i++) {
            var role = new RoleName(
                    sent.path(i).path("scope").asString(""),
                    sent.path(i).path("role").asString(""));
            if (!inPolicy.contains(role) || role.scope().equals("tenants")) {
                fields.problem("available_roles/" + i, "The tenant has no such role.");
            } else if (!roles.contains(role)) {
                roles.add(role);
            }
        }
        return roles;
    }
}

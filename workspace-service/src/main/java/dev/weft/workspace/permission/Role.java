package dev.weft.workspace.permission;

import dev.weft.common.access.Permission;
import java.util.Map;
import java.util.Set;

/**
 * What a membership may name: a word, the scope it counts in ({@code contracts}, {@code workspaces} or
 * {@code tenants}), and the permissions it grants there (api-v2 3.1).
 *
 * @param i18n the role's name for people, by language; {@code en} is always there
 */
public record Role(String scope, String role, Set<Permission> permissions, Map<String, String> i18n) {

    public RoleName name() {
        return new RoleName(scope, role);
    }
}

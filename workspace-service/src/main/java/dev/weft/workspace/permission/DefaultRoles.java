package dev.weft.workspace.permission;

import static dev.weft.common.access.Permission.*;

import dev.weft.common.access.Permission;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** The roles that every tenant starts with (api-v2 3.3); until a tenant can change its policy, they are all it has. */
@Service
final class DefaultRoles implements RoleBook {

    private static final Set<Permission> AUTH_CLIENTS = withPrefix("global.auth_clients.");

    private static final Set<Permission> INTEGRATOR = union(List.of(
            withPrefix("workspaces.flow."),
            Set.of(WORKSPACES_RECIPE_EDIT, WORKSPACES_CREDENTIAL_EDIT, WORKSPACES_LOGS_READ_ALL),
            withPrefix("workspaces.auth_secret."),
            withPrefix("workspaces.topic."),
            withPrefix("workspaces.vpn_agent."),
            AUTH_CLIENTS));

    private static final List<Role> ALL = List.of(
            role(
                    RoleName.CONTRACTS,
                    "owner",
                    "Owner",
                    union(List.of(
                            Set.of(
                                    CONTRACTS_CONTRACT_EDIT,
                                    CONTRACTS_MEMBERSHIP_EDIT,
                                    CONTRACTS_WORKSPACE_CREATE,
                                    CONTRACTS_WORKSPACE_LIST_ALL,
                                    CONTRACTS_WORKSPACE_DELETE,
                                    CONTRACTS_WORKSPACE_LIMITS_EDIT,
                                    GLOBAL_STATS_WORKSPACES),
                            AUTH_CLIENTS))),
            role(
                    RoleName.CONTRACTS,
                    "admin",
                    "Admin",
                    union(List.of(
                            Set.of(
                                    CONTRACTS_MEMBERSHIP_EDIT,
                                    CONTRACTS_WORKSPACE_CREATE,
                                    CONTRACTS_WORKSPACE_LIST_ALL,
                                    CONTRACTS_WORKSPACE_DELETE,
                                    CONTRACTS_REPOSITORY_EDIT,
                                    CONTRACTS_DEV_TEAM_EDIT),
                            AUTH_CLIENTS))),
            role(RoleName.CONTRACTS, "member", "Member", Set.of(CONTRACTS_WORKSPACE_CREATE)),
            role(RoleName.WORKSPACES, "owner", "Owner", union(List.of(assignableInWorkspaces(), AUTH_CLIENTS))),
            role(
                    RoleName.WORKSPACES,
                    "admin",
                    "Admin",
                    union(List.of(
                            INTEGRATOR,
                            Set.of(WORKSPACES_WORKSPACE_EDIT, WORKSPACES_WORKSPACE_EDIT_MEMBERSHIP_SUPPORT)))),
            role(RoleName.WORKSPACES, "integrator", "Integrator", INTEGRATOR),
            role(RoleName.WORKSPACES, "guest", "Guest", Set.of()),
            role("tenants", "tenant-admin", "Tenant admin", tenantAdmin()));

    @Override
    public List<Role> roles(String tenantId) {
        return ALL;
    }

    private static Role role(String scope, String role, String english, Set<Permission> permissions) {
        return new Role(scope, role, permissions, Map.of("en", english));
    }

    private static Set<Permission> withPrefix(String prefix) {
        return collect(Stream.of(Permission.values())
                .filter(permission -> permission.holder() == Permission.Holder.ASSIGNABLE)
                .filter(permission -> permission.wire().startsWith(prefix)));
    }

    private static Set<Permission> assignableInWorkspaces() {
        return withPrefix("workspaces.");
    }

    private static Set<Permission> tenantAdmin() {
        return collect(Stream.of(Permission.values())
                .filter(permission -> permission.holder() == Permission.Holder.TENANT_ADMIN
                        || permission == CONTRACTS_CONTRACT_EDIT));
    }

    private static Set<Permission> union(List<Set<Permission>> sets) {
        return collect(sets.stream().flatMap(Set::stream));
    }

    private static Set<Permission> collect(Stream<Permission> permissions) {
        // A set of a fixed order: the permissions of a role are shown, and another order at each call looks like a
        // change.
        return new LinkedHashSet<>(permissions.sorted().toList());
    }
}

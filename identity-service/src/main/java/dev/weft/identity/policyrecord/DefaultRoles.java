package dev.weft.identity.policyrecord;

import static dev.weft.common.access.Permission.CONTRACTS_CONTRACT_EDIT;
import static dev.weft.common.access.Permission.CONTRACTS_DEV_TEAM_EDIT;
import static dev.weft.common.access.Permission.CONTRACTS_MEMBERSHIP_EDIT;
import static dev.weft.common.access.Permission.CONTRACTS_REPOSITORY_EDIT;
import static dev.weft.common.access.Permission.CONTRACTS_WORKSPACE_CREATE;
import static dev.weft.common.access.Permission.CONTRACTS_WORKSPACE_DELETE;
import static dev.weft.common.access.Permission.CONTRACTS_WORKSPACE_LIMITS_EDIT;
import static dev.weft.common.access.Permission.CONTRACTS_WORKSPACE_LIST_ALL;
import static dev.weft.common.access.Permission.GLOBAL_STATS_WORKSPACES;
import static dev.weft.common.access.Permission.WORKSPACES_CREDENTIAL_EDIT;
import static dev.weft.common.access.Permission.WORKSPACES_LOGS_READ_ALL;
import static dev.weft.common.access.Permission.WORKSPACES_RECIPE_EDIT;
import static dev.weft.common.access.Permission.WORKSPACES_WORKSPACE_EDIT;
import static dev.weft.common.access.Permission.WORKSPACES_WORKSPACE_EDIT_MEMBERSHIP_SUPPORT;
import static dev.weft.identity.policyrecord.RoleKey.CONTRACTS;
import static dev.weft.identity.policyrecord.RoleKey.TENANTS;
import static dev.weft.identity.policyrecord.RoleKey.WORKSPACES;

import dev.weft.common.access.Permission;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The roles that every tenant starts with (api-v2 3.3). */
public final class DefaultRoles {

    private static final Set<Permission> AUTH_CLIENTS = withPrefix("global.auth_clients.");

    private static final Set<Permission> INTEGRATOR = union(List.of(
            withPrefix("workspaces.flow."),
            Set.of(WORKSPACES_RECIPE_EDIT, WORKSPACES_CREDENTIAL_EDIT, WORKSPACES_LOGS_READ_ALL),
            withPrefix("workspaces.auth_secret."),
            withPrefix("workspaces.topic."),
            withPrefix("workspaces.vpn_agent."),
            AUTH_CLIENTS));

    private static final PolicyRole CONTRACT_OWNER = role(
            CONTRACTS,
            "owner",
            "Owner",
            List.of(
                    Set.of(
                            CONTRACTS_CONTRACT_EDIT,
                            CONTRACTS_MEMBERSHIP_EDIT,
                            CONTRACTS_WORKSPACE_CREATE,
                            CONTRACTS_WORKSPACE_LIST_ALL,
                            CONTRACTS_WORKSPACE_DELETE,
                            CONTRACTS_WORKSPACE_LIMITS_EDIT,
                            GLOBAL_STATS_WORKSPACES),
                    AUTH_CLIENTS));

    private static final PolicyRole WORKSPACE_OWNER =
            role(WORKSPACES, "owner", "Owner", List.of(withPrefix("workspaces."), AUTH_CLIENTS));

    private static final PolicyRole TENANT_ADMIN = role(
            TENANTS,
            "tenant-admin",
            "Tenant admin",
            List.of(
                    all(permission -> permission.holder() == Permission.Holder.TENANT_ADMIN),
                    Set.of(CONTRACTS_CONTRACT_EDIT)));

    static final List<PolicyRole> ALL = List.of(
            CONTRACT_OWNER,
            role(
                    CONTRACTS,
                    "admin",
                    "Admin",
                    List.of(
                            Set.of(
                                    CONTRACTS_MEMBERSHIP_EDIT,
                                    CONTRACTS_WORKSPACE_CREATE,
                                    CONTRACTS_WORKSPACE_LIST_ALL,
                                    CONTRACTS_WORKSPACE_DELETE,
                                    CONTRACTS_REPOSITORY_EDIT,
                                    CONTRACTS_DEV_TEAM_EDIT),
                            AUTH_CLIENTS)),
            role(CONTRACTS, "member", "Member", List.of(Set.of(CONTRACTS_WORKSPACE_CREATE))),
            WORKSPACE_OWNER,
            role(
                    WORKSPACES,
                    "admin",
                    "Admin",
                    List.of(
                            INTEGRATOR,
                            Set.of(WORKSPACES_WORKSPACE_EDIT, WORKSPACES_WORKSPACE_EDIT_MEMBERSHIP_SUPPORT))),
            role(WORKSPACES, "integrator", "Integrator", List.of(INTEGRATOR)),
            role(WORKSPACES, "guest", "Guest", List.of()),
            TENANT_ADMIN);

    /**
     * Those that no tenant can do without or alter. What they grant is always what this release says, also in a policy that
     * was stored by an older one.
     */
    public static final Map<RoleKey, PolicyRole> PREDEFINED = Stream.of(CONTRACT_OWNER, WORKSPACE_OWNER, TENANT_ADMIN)
            .collect(Collectors.toUnmodifiableMap(PolicyRole::key, Function.identity()));

    private DefaultRoles() {}

    private static PolicyRole role(String scope, String role, String english, List<Set<Permission>> permissions) {
        return new PolicyRole(new RoleKey(scope, role), union(permissions), Map.of("en", english));
    }

    private static Set<Permission> withPrefix(String prefix) {
        return all(permission -> permission.holder() == Permission.Holder.ASSIGNABLE
                && permission.wire().startsWith(prefix));
    }

    private static Set<Permission> all(Predicate<Permission> wanted) {
        return Stream.of(Permission.values()).filter(wanted).collect(Collectors.toUnmodifiableSet());
    }

    private static SortedSet<Permission> union(List<Set<Permission>> sets) {
        var all = new TreeSet<Permission>();
        sets.forEach(all::addAll);
        return Collections.unmodifiableSortedSet(all);
    }
}

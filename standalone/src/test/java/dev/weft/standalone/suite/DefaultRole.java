package dev.weft.standalone.suite;

import java.util.Set;

/**
 * The roles that every tenant begins with, and what each grants, as the contract's table says (api-v2 3.3). Written down
 * here a second time, since a test that asked the code would find nothing.
 */
enum DefaultRole {
    OUTSIDER("", "", Set.of()),
    CONTRACT_OWNER(
            "contracts",
            "owner",
            Set.of(
                    "contracts.contract.edit",
                    "contracts.membership.edit",
                    "contracts.workspace.create",
                    "contracts.workspace.listAll",
                    "contracts.workspace.delete",
                    "contracts.workspace_limits.edit",
                    "global.stats.workspaces",
                    "contracts.auth_clients.*")),
    CONTRACT_ADMIN(
            "contracts",
            "admin",
            Set.of(
                    "contracts.membership.edit",
                    "contracts.workspace.create",
                    "contracts.workspace.listAll",
                    "contracts.workspace.delete",
                    "contracts.repository.edit",
                    "contracts.devTeam.edit",
                    "contracts.auth_clients.*")),
    CONTRACT_MEMBER("contracts", "member", Set.of("contracts.workspace.create")),
    WORKSPACE_OWNER(
            "workspaces",
            "owner",
            Set.of(
                    "contracts.workspace.create",
                    "workspaces.workspace.edit",
                    "workspaces.workspace.edit_membership_support",
                    "workspaces.flow.*",
                    "workspaces.recipe.edit",
                    "workspaces.credential.edit",
                    "workspaces.auth_secret.*",
                    "workspaces.logs.read_all",
                    "workspaces.topic.*",
                    "workspaces.vpn_agent.*",
                    "workspaces.auth_clients.*")),
    WORKSPACE_ADMIN(
            "workspaces",
            "admin",
            Set.of(
                    "contracts.workspace.create",
                    "workspaces.workspace.edit",
                    "workspaces.workspace.edit_membership_support",
                    "workspaces.flow.*",
                    "workspaces.recipe.edit",
                    "workspaces.credential.edit",
                    "workspaces.auth_secret.*",
                    "workspaces.logs.read_all",
                    "workspaces.topic.*",
                    "workspaces.vpn_agent.*",
                    "workspaces.auth_clients.*")),
    WORKSPACE_INTEGRATOR(
            "workspaces",
            "integrator",
            Set.of(
                    "contracts.workspace.create",
                    "workspaces.flow.*",
                    "workspaces.recipe.edit",
                    "workspaces.credential.edit",
                    "workspaces.auth_secret.*",
                    "workspaces.logs.read_all",
                    "workspaces.topic.*",
                    "workspaces.vpn_agent.*",
                    "workspaces.auth_clients.*")),
    WORKSPACE_GUEST("workspaces", "guest", Set.of("contracts.workspace.create")),
    TENANT_ADMIN(
            "tenants",
            "tenant-admin",
            Set.of(
                    "tenants.tenant.get",
                    "tenants.tenant.edit",
                    "tenants.tenant.list_roles",
                    "tenants.user.*",
                    "tenants.oidc.*",
                    "tenants.membership.edit",
                    "tenants.contract.create",
                    "tenants.component.*",
                    "tenants.workspace.edit_membership",
                    "tenants.flow.*",
                    "tenants.oauth_clients.*",
                    "tenants.certificate.*",
                    "tenants.recipe.edit_visibility_tenant",
                    "contracts.contract.get",
                    "contracts.contract.listAll",
                    "contracts.contract.edit",
                    "contracts.contract.delete",
                    "contracts.contract.suspend",
                    "contracts.contract.unsuspend",
                    "contracts.contract.edit_available_roles",
                    "contracts.contract.edit_custom_data",
                    "contracts.contract.get_custom_data",
                    "contracts.contract.list_blocking_tasks",
                    "contracts.membership.edit_directly",
                    "contracts.devTeam.edit_access",
                    "workspaces.workspace.listAll",
                    "workspaces.workspace.edit_type"));

    private final String scope;
    private final String role;
    private final Set<String> permissions;

    /** A role of a workspace has what the role member of its contract grants too: nobody is in one without the other. */
    DefaultRole(String scope, String role, Set<String> permissions) {
        this.scope = scope;
        this.role = role;
        this.permissions = permissions;
    }

    boolean holds(String permission) {
        return permissions.contains(permission)
                || permissions.contains(permission.substring(0, permission.lastIndexOf('.')) + ".*");
    }

    boolean isInContract() {
        return scope.equals("contracts") || isInWorkspace();
    }

    boolean isInWorkspace() {
        return scope.equals("workspaces");
    }

    /** Its role in the contract; nobody but the outsider and the tenant's admin has none. */
    String inContract() {
        return scope.equals("contracts") ? role : "member";
    }

    String inWorkspace() {
        return role;
    }
}

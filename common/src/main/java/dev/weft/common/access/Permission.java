package dev.weft.common.access;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All permissions (api-v2 3.2), each with its wire name {@code scope.object.action} and who can hold it. */
public enum Permission {
    CONTRACTS_CONTRACT_EDIT("contracts.contract.edit", Holder.ASSIGNABLE),
    CONTRACTS_MEMBERSHIP_EDIT("contracts.membership.edit", Holder.ASSIGNABLE),
    CONTRACTS_WORKSPACE_CREATE("contracts.workspace.create", Holder.ASSIGNABLE),
    CONTRACTS_WORKSPACE_LIST_ALL("contracts.workspace.listAll", Holder.ASSIGNABLE),
    CONTRACTS_WORKSPACE_DELETE("contracts.workspace.delete", Holder.ASSIGNABLE),
    CONTRACTS_WORKSPACE_LIMITS_EDIT("contracts.workspace_limits.edit", Holder.ASSIGNABLE),
    CONTRACTS_REPOSITORY_EDIT("contracts.repository.edit", Holder.ASSIGNABLE),
    CONTRACTS_DEV_TEAM_EDIT("contracts.devTeam.edit", Holder.ASSIGNABLE),
    CONTRACTS_DEV_TEAMS_GET("contracts.devTeams.get", Holder.ASSIGNABLE),
    CONTRACTS_AUTH_CLIENTS_GET("contracts.auth_clients.get", Holder.ASSIGNABLE),
    CONTRACTS_AUTH_CLIENTS_CREATE("contracts.auth_clients.create", Holder.ASSIGNABLE),
    CONTRACTS_AUTH_CLIENTS_EDIT("contracts.auth_clients.edit", Holder.ASSIGNABLE),
    CONTRACTS_AUTH_CLIENTS_DELETE("contracts.auth_clients.delete", Holder.ASSIGNABLE),
    TENANTS_AUTH_CLIENTS_GET("tenants.auth_clients.get", Holder.ASSIGNABLE),
    TENANTS_AUTH_CLIENTS_CREATE("tenants.auth_clients.create", Holder.ASSIGNABLE),
    TENANTS_AUTH_CLIENTS_EDIT("tenants.auth_clients.edit", Holder.ASSIGNABLE),
    TENANTS_AUTH_CLIENTS_DELETE("tenants.auth_clients.delete", Holder.ASSIGNABLE),
    WORKSPACES_AUTH_CLIENTS_GET("workspaces.auth_clients.get", Holder.ASSIGNABLE),
    WORKSPACES_AUTH_CLIENTS_CREATE("workspaces.auth_clients.create", Holder.ASSIGNABLE),
    WORKSPACES_AUTH_CLIENTS_EDIT("workspaces.auth_clients.edit", Holder.ASSIGNABLE),
    WORKSPACES_AUTH_CLIENTS_DELETE("workspaces.auth_clients.delete", Holder.ASSIGNABLE),
    GLOBAL_AUTH_CLIENTS_GET("global.auth_clients.get", Holder.ASSIGNABLE),
    GLOBAL_AUTH_CLIENTS_CREATE("global.auth_clients.create", Holder.ASSIGNABLE),
    GLOBAL_AUTH_CLIENTS_EDIT("global.auth_clients.edit", Holder.ASSIGNABLE),
    GLOBAL_AUTH_CLIENTS_DELETE("global.auth_clients.delete", Holder.ASSIGNABLE),
    GLOBAL_STATS_WORKSPACES("global.stats.workspaces", Holder.ASSIGNABLE),
    WORKSPACES_WORKSPACE_EDIT("workspaces.workspace.edit", Holder.ASSIGNABLE),
    WORKSPACES_WORKSPACE_EDIT_MEMBERSHIP_SUPPORT("workspaces.workspace.edit_membership_support", Holder.ASSIGNABLE),
    WORKSPACES_FLOW_EDIT("workspaces.flow.edit", Holder.ASSIGNABLE),
    WORKSPACES_FLOW_TOGGLE_STATUS("workspaces.flow.toggleStatus", Holder.ASSIGNABLE),
    WORKSPACES_FLOW_TOGGLE_REALTIME("workspaces.flow.toggleRealtime", Holder.ASSIGNABLE),
    WORKSPACES_FLOW_EXPORT_TO_RECIPE("workspaces.flow.exportToRecipe", Holder.ASSIGNABLE),
    WORKSPACES_RECIPE_EDIT("workspaces.recipe.edit", Holder.ASSIGNABLE),
    WORKSPACES_CREDENTIAL_EDIT("workspaces.credential.edit", Holder.ASSIGNABLE),
    WORKSPACES_AUTH_SECRET_GET("workspaces.auth_secret.get", Holder.ASSIGNABLE),
    WORKSPACES_AUTH_SECRET_GET_CREDENTIALS("workspaces.auth_secret.get_credentials", Holder.ASSIGNABLE),
    WORKSPACES_AUTH_SECRET_CREATE("workspaces.auth_secret.create", Holder.ASSIGNABLE),
    WORKSPACES_AUTH_SECRET_EDIT("workspaces.auth_secret.edit", Holder.ASSIGNABLE),
    WORKSPACES_AUTH_SECRET_DELETE("workspaces.auth_secret.delete", Holder.ASSIGNABLE),
    WORKSPACES_AUTH_SECRET_REFRESH("workspaces.auth_secret.refresh", Holder.ASSIGNABLE),
    WORKSPACES_LOGS_READ_ALL("workspaces.logs.read_all", Holder.ASSIGNABLE),
    WORKSPACES_TOPIC_GET("workspaces.topic.get", Holder.ASSIGNABLE),
    WORKSPACES_TOPIC_CREATE("workspaces.topic.create", Holder.ASSIGNABLE),
    WORKSPACES_TOPIC_EDIT("workspaces.topic.edit", Holder.ASSIGNABLE),
    WORKSPACES_TOPIC_DELETE("workspaces.topic.delete", Holder.ASSIGNABLE),
    WORKSPACES_VPN_AGENT_GET("workspaces.vpn_agent.get", Holder.ASSIGNABLE),
    WORKSPACES_VPN_AGENT_CREATE("workspaces.vpn_agent.create", Holder.ASSIGNABLE),
    WORKSPACES_VPN_AGENT_EDIT("workspaces.vpn_agent.edit", Holder.ASSIGNABLE),
    WORKSPACES_VPN_AGENT_DELETE("workspaces.vpn_agent.delete", Holder.ASSIGNABLE),
    WORKSPACES_VPN_AGENT_GET_CONFIG("workspaces.vpn_agent.get_config", Holder.ASSIGNABLE),
    TENANTS_TENANT_GET("tenants.tenant.get", Holder.TENANT_ADMIN),
    TENANTS_TENANT_EDIT("tenants.tenant.edit", Holder.TENANT_ADMIN),
    TENANTS_TENANT_LIST_ROLES("tenants.tenant.list_roles", Holder.TENANT_ADMIN),
    TENANTS_USER_LIST_ALL("tenants.user.list_all", Holder.TENANT_ADMIN),
    TENANTS_USER_GET("tenants.user.get", Holder.TENANT_ADMIN),
    TENANTS_USER_CREATE("tenants.user.create", Holder.TENANT_ADMIN),
    TENANTS_USER_DELETE("tenants.user.delete", Holder.TENANT_ADMIN),
    TENANTS_USER_DISABLE_TOTP("tenants.user.disable_totp", Holder.TENANT_ADMIN),
    TENANTS_OIDC_CREATE("tenants.oidc.create", Holder.TENANT_ADMIN),
    TENANTS_OIDC_DELETE("tenants.oidc.delete", Holder.TENANT_ADMIN),
    TENANTS_MEMBERSHIP_EDIT("tenants.membership.edit", Holder.TENANT_ADMIN),
    TENANTS_CONTRACT_CREATE("tenants.contract.create", Holder.TENANT_ADMIN),
    TENANTS_COMPONENT_LIST_ALL("tenants.component.list_all", Holder.TENANT_ADMIN),
    TENANTS_COMPONENT_EDIT_ACCESS("tenants.component.edit_access", Holder.TENANT_ADMIN),
    TENANTS_WORKSPACE_EDIT_MEMBERSHIP("tenants.workspace.edit_membership", Holder.TENANT_ADMIN),
    TENANTS_FLOW_VIEW_DELETED("tenants.flow.view_deleted", Holder.TENANT_ADMIN),
    TENANTS_FLOW_RESTORE("tenants.flow.restore", Holder.TENANT_ADMIN),
    TENANTS_OAUTH_CLIENTS_GET("tenants.oauth_clients.get", Holder.TENANT_ADMIN),
    TENANTS_OAUTH_CLIENTS_CREATE("tenants.oauth_clients.create", Holder.TENANT_ADMIN),
    TENANTS_OAUTH_CLIENTS_EDIT("tenants.oauth_clients.edit", Holder.TENANT_ADMIN),
    TENANTS_OAUTH_CLIENTS_DELETE("tenants.oauth_clients.delete", Holder.TENANT_ADMIN),
    TENANTS_CERTIFICATE_GET("tenants.certificate.get", Holder.TENANT_ADMIN),
    TENANTS_CERTIFICATE_CREATE("tenants.certificate.create", Holder.TENANT_ADMIN),
    TENANTS_CERTIFICATE_EDIT("tenants.certificate.edit", Holder.TENANT_ADMIN),
    TENANTS_CERTIFICATE_DELETE("tenants.certificate.delete", Holder.TENANT_ADMIN),
    TENANTS_RECIPE_EDIT_VISIBILITY_TENANT("tenants.recipe.edit_visibility_tenant", Holder.TENANT_ADMIN),
    CONTRACTS_CONTRACT_GET("contracts.contract.get", Holder.TENANT_ADMIN),
    CONTRACTS_CONTRACT_LIST_ALL("contracts.contract.listAll", Holder.TENANT_ADMIN),
    CONTRACTS_CONTRACT_DELETE("contracts.contract.delete", Holder.TENANT_ADMIN),
    CONTRACTS_CONTRACT_SUSPEND("contracts.contract.suspend", Holder.TENANT_ADMIN),
    CONTRACTS_CONTRACT_UNSUSPEND("contracts.contract.unsuspend", Holder.TENANT_ADMIN),
    CONTRACTS_CONTRACT_EDIT_AVAILABLE_ROLES("contracts.contract.edit_available_roles", Holder.TENANT_ADMIN),
    CONTRACTS_CONTRACT_EDIT_CUSTOM_DATA("contracts.contract.edit_custom_data", Holder.TENANT_ADMIN),
    CONTRACTS_CONTRACT_GET_CUSTOM_DATA("contracts.contract.get_custom_data", Holder.TENANT_ADMIN),
    CONTRACTS_CONTRACT_LIST_BLOCKING_TASKS("contracts.contract.list_blocking_tasks", Holder.TENANT_ADMIN),
    CONTRACTS_MEMBERSHIP_EDIT_DIRECTLY("contracts.membership.edit_directly", Holder.TENANT_ADMIN),
    CONTRACTS_DEV_TEAM_EDIT_ACCESS("contracts.devTeam.edit_access", Holder.TENANT_ADMIN),
    WORKSPACES_WORKSPACE_LIST_ALL("workspaces.workspace.listAll", Holder.TENANT_ADMIN),
    WORKSPACES_WORKSPACE_EDIT_TYPE("workspaces.workspace.edit_type", Holder.TENANT_ADMIN),
    TENANTS_TENANT_CREATE("tenants.tenant.create", Holder.SERVICE),
    TENANTS_TENANT_DELETE("tenants.tenant.delete", Holder.SERVICE),
    TENANTS_TENANT_EDIT_ROLES("tenants.tenant.edit_roles", Holder.SERVICE),
    GLOBAL_RECIPE_EDIT_VISIBILITY_GLOBAL("global.recipe.edit_visibility_global", Holder.SERVICE),
    GLOBAL_QUOTA_LIMITS_EDIT("global.quota_limits.edit", Holder.SERVICE),
    GLOBAL_FLOW_GET_LIMITED_TO_STOP("global.flow.get_limited_to_stop", Holder.SERVICE),
    GLOBAL_CONTRACT_LIST_ALL("global.contract.list_all", Holder.SERVICE),
    GLOBAL_WORKSPACE_GET_ALL("global.workspace.get_all", Holder.SERVICE),
    CONTRACTS_CONTRACT_FINISH_DELETE("contracts.contract.finish_delete", Holder.INTERNAL),
    CONTRACTS_CONTRACT_FINISH_SUSPEND("contracts.contract.finish_suspend", Holder.INTERNAL),
    WORKSPACES_WORKSPACE_FINISH_DELETE("workspaces.workspace.finish_delete", Holder.INTERNAL);

    /** Who can hold a permission. */
    public enum Holder {
        /** Roles of contracts and workspaces. */
        ASSIGNABLE,
        /** The tenant role {@code tenant-admin}, and service accounts. */
        TENANT_ADMIN,
        /** Service accounts only. */
        SERVICE,
        /** The services themselves, at the end of asynchronous work. */
        INTERNAL
    }

    private static final Map<String, Permission> BY_WIRE =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Permission::wire, Function.identity()));

    private final String wire;
    private final Holder holder;

    Permission(String wire, Holder holder) {
        this.wire = wire;
        this.holder = holder;
    }

    public String wire() {
        return wire;
    }

    public Holder holder() {
        return holder;
    }

    /** {@code workspaces}, {@code contracts}, {@code tenants} or {@code global}. */
    public String scope() {
        return wire.substring(0, wire.indexOf('.'));
    }

    public static Optional<Permission> find(String wire) {
        return Optional.ofNullable(BY_WIRE.get(wire));
    }
}

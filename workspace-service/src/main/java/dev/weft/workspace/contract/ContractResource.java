package dev.weft.workspace.contract;

import dev.weft.common.access.Permission;
import dev.weft.common.jsonapi.Resource;
import dev.weft.workspace.permission.Role;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.util.RawValue;

/** Contracts as JSON:API shows them (api-v2 14.6). */
final class ContractResource {

    private ContractResource() {}

    /** The contract alone, with its invites as a relationship. */
    static Resource single(ContractView view) {
        var contract = view.contract();
        return item(view)
                .toMany(
                        "invites",
                        "contract-invite",
                        contract.invites().stream().map(Invite::id).toList(),
                        path(contract) + "/invites/");
    }

    /** The contract in a list: its members are the only relationship. */
    static Resource item(ContractView view) {
        var contract = view.contract();
        var settings = contract.settings();
        var resource = Resource.of("contract", contract.id(), path(contract))
                .attribute("name", contract.name())
                .attribute("available_roles", contract.availableRoles())
                .optional("flow_stats_enabled_default", settings.flowStatsEnabledDefault())
                .optional("support_user_id", settings.supportUserId())
                .attribute("status", contract.status().wire());
        if (view.withCustomData() && settings.customData() != null) {
            resource.attribute("custom_data", new RawValue(settings.customData()));
        }
        return resource.toMany("members", "contract-member", contract.members().ids(), path(contract) + "/members/");
    }

    /** {@code {"id","type":"contract-invite","attributes":{"email","roles","workspace_id"?,"workspace_roles"?}}}. */
    static Resource invite(Invite invite) {
        var resource = Resource.of("contract-invite", invite.id(), null)
                .attribute("email", invite.email())
                .attribute("roles", invite.roles());
        return invite.workspaceId() == null
                ? resource
                : resource.attribute("workspace_id", invite.workspaceId())
                        .attribute("workspace_roles", invite.workspaceRoles());
    }

    /** The roles that a contract offers (api-v2 14.10). */
    static Resource policy(String contractId, List<Role> roles) {
        return Resource.of("contract-policy", contractId, null)
                .attribute("roles", roles.stream().map(ContractResource::role).toList())
                .toOne("contract", "contract", contractId, "/v2/contracts");
    }

    private static Map<String, Object> role(Role role) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("role", role.role());
        shown.put("scope", role.scope());
        shown.put("i18n", role.i18n());
        shown.put(
                "permissions",
                role.permissions().stream()
                        .map(Permission::wire)
                        .sorted(Comparator.naturalOrder())
                        .toList());
        return shown;
    }

    private static String path(Contract contract) {
        return "/v2/contracts/" + contract.id();
    }
}

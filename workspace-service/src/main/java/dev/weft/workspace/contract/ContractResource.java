package dev.weft.workspace.contract;

import dev.weft.common.access.Permission;
import dev.weft.common.jsonapi.Resource;
import dev.weft.workspace.contractrecord.Contract;
import dev.weft.workspace.inviterecord.Invite;
import dev.weft.workspace.inviterecord.InviteResource;
import dev.weft.workspace.permission.Role;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.util.RawValue;

/** Contracts as JSON:API shows them (api-v2 14.6). */
final class ContractResource {

    private ContractResource() {}

    /** The contract; custom data only for who may see it. */
    static Resource of(ContractView view) {
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

    /** The contract when it is asked for alone: with its pending invites. */
    static Resource ofOne(ContractView view, List<Invite> invites) {
        return of(view).toMany(
                        "invites",
                        InviteResource.OF_CONTRACT,
                        InviteResource.ids(invites),
                        path(view.contract()) + "/invites/");
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

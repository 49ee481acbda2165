package dev.weft.identity.policyrecord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.access.Permission;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of api-v2 3.3. */
class DefaultRolesTest {

    private static Set<String> granted(String scope, String role) {
        return DefaultRoles.ALL.stream()
                .filter(one -> one.key().equals(new RoleKey(scope, role)))
                .flatMap(one -> one.permissions().stream())
                .map(Permission::wire)
                .collect(Collectors.toSet());
    }

    @Test
    void rolesOfContractsGrantWhatTheTableSays() {
        assertThat(granted("contracts", "owner"))
                .containsExactlyInAnyOrder(
                        "contracts.contract.edit",
                        "contracts.membership.edit",
                        "contracts.workspace.create",
                        "contracts.workspace.listAll",
                        "contracts.workspace.delete",
                        "contracts.workspace_limits.edit",
                        "global.stats.workspaces",
                        "global.auth_clients.get",
                        "global.auth_clients.create",
                        "global.auth_clients.edit",
                        "global.auth_clients.delete");
        assertThat(granted("contracts", "admin"))
                .contains("contracts.repository.edit", "contracts.devTeam.edit", "global.auth_clients.edit")
                .doesNotContain("contracts.contract.edit", "global.stats.workspaces")
                .hasSize(10);
        assertThat(granted("contracts", "member")).containsExactly("contracts.workspace.create");
    }

    @Test
    void rolesOfWorkspacesGrantWhatTheTableSays() {
        var owner = granted("workspaces", "owner");
        assertThat(owner)
                .contains("workspaces.workspace.edit", "workspaces.auth_clients.get", "global.auth_clients.get")
                .doesNotContain("workspaces.workspace.listAll", "workspaces.workspace.edit_type")
                .noneMatch(name -> name.startsWith("contracts."));
        assertThat(granted("workspaces", "admin"))
                .contains("workspaces.workspace.edit", "workspaces.workspace.edit_membership_support")
                .containsAll(granted("workspaces", "integrator"));
        assertThat(granted("workspaces", "integrator"))
                .contains("workspaces.flow.exportToRecipe", "workspaces.recipe.edit", "workspaces.vpn_agent.get_config")
                .doesNotContain("workspaces.workspace.edit");
        assertThat(granted("workspaces", "guest")).isEmpty();
    }

    @Test
    void theAdministratorHasTheSecondTableWithoutWhatIsOfServices() {
        assertThat(granted("tenants", "tenant-admin"))
                .contains("contracts.contract.edit", "tenants.user.create", "workspaces.workspace.listAll")
                .doesNotContain(
                        "tenants.tenant.create", "contracts.contract.finish_delete", "global.quota_limits.edit");
    }
}

package dev.weft.workspace.permission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.access.Caller;
import dev.weft.common.access.Permission;
import dev.weft.workspace.PlayedPolicy;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GrantRulesTest {

    private final GrantRules rules = new GrantRules(_ -> initial());

    @Test
    void aRoleOfTheContractCountsInItsWorkspacesButMakesNoMember() {
        var grants = rules.inWorkspace(user(), workspace(false), contract("owner", "admin"))
                .orElseThrow();

        assertThat(grants.member()).isFalse();
        assertThat(grants.has(Permission.CONTRACTS_WORKSPACE_DELETE)).isTrue();
        assertThat(grants.has(Permission.CONTRACTS_REPOSITORY_EDIT)).isTrue();
        assertThat(grants.has(Permission.WORKSPACES_FLOW_EDIT)).isFalse();
    }

    @Test
    void permissionsOfSeveralRolesAddUp() {
        var owner = rules.inContract(user(), contract("owner")).orElseThrow();
        var both = rules.inContract(user(), contract("owner", "admin")).orElseThrow();

        assertThat(owner.has(Permission.CONTRACTS_REPOSITORY_EDIT)).isFalse();
        assertThat(both.permissions()).containsAll(owner.permissions());
        assertThat(both.has(Permission.CONTRACTS_REPOSITORY_EDIT)).isTrue();
    }

    @Test
    void anIntegratorWorksOnFlowsAndDoesNotManageTheWorkspace() {
        var grants = rules.inWorkspace(user(), workspace(true, "integrator"), contract("member"))
                .orElseThrow();

        assertThat(grants.member()).isTrue();
        assertThat(grants.has(Permission.WORKSPACES_FLOW_TOGGLE_STATUS)).isTrue();
        assertThat(grants.has(Permission.WORKSPACES_CREDENTIAL_EDIT)).isTrue();
        assertThat(grants.has(Permission.WORKSPACES_WORKSPACE_EDIT)).isFalse();
    }

    @Test
    void aGuestMayOnlyLook() {
        var grants = rules.inWorkspace(user(), workspace(true, "guest"), contract("member"))
                .orElseThrow();

        assertThat(grants.member()).isTrue();
        assertThat(grants.permissions()).containsExactly("contracts.workspace.create");
    }

    @Test
    void whoHasLeftTheContractIsInNoneOfItsWorkspaces() {
        var left =
                rules.inWorkspace(user(), workspace(true, "owner"), contract()).orElseThrow();
        var admin = rules.inWorkspace(
                        caller(Caller.Kind.USER, "tenant-1", "tenant-admin"), workspace(true, "owner"), contract())
                .orElseThrow();

        assertThat(left.member()).isFalse();
        assertThat(left.permissions()).isEmpty();
        assertThat(admin.member()).isFalse();
        assertThat(admin.has(Permission.WORKSPACES_FLOW_EDIT)).isFalse();
        assertThat(admin.has(Permission.TENANTS_WORKSPACE_EDIT_MEMBERSHIP)).isTrue();
    }

    @Test
    void aGlobalPermissionCountsInTheScopeOfItsRole() {
        var inWorkspace = rules.inWorkspace(user(), workspace(true, "integrator"), contract("member"))
                .orElseThrow();
        var inContract = rules.inContract(user(), contract("owner")).orElseThrow();

        assertThat(inWorkspace.permissions())
                .contains("workspaces.auth_clients.get")
                .doesNotContain("global.auth_clients.get", "contracts.auth_clients.get");
        assertThat(inContract.permissions())
                .contains("contracts.auth_clients.get", "global.stats.workspaces")
                .doesNotContain("global.auth_clients.get");
    }

    @Test
    void anAdminOfTheTenantAdministersEverythingAndIsNoMember() {
        var admin = caller(Caller.Kind.USER, "tenant-1", "tenant-admin");

        var grants = rules.inWorkspace(admin, workspace(false), contract()).orElseThrow();

        assertThat(grants.member()).isFalse();
        assertThat(grants.has(Permission.CONTRACTS_CONTRACT_EDIT)).isTrue();
        assertThat(grants.has(Permission.TENANTS_WORKSPACE_EDIT_MEMBERSHIP)).isTrue();
        assertThat(grants.has(Permission.WORKSPACES_FLOW_EDIT)).isFalse();
        assertThat(grants.has(Permission.TENANTS_TENANT_CREATE)).isFalse();
    }

    @Test
    void aServiceAccountHoldsTheSecondTableInEveryTenant() {
        var account = caller(Caller.Kind.SERVICE_ACCOUNT, null);

        var grants = rules.inContract(account, contract()).orElseThrow();

        assertThat(grants.member()).isFalse();
        assertThat(grants.has(Permission.CONTRACTS_CONTRACT_SUSPEND)).isTrue();
        assertThat(grants.has(Permission.TENANTS_TENANT_CREATE)).isTrue();
        assertThat(grants.has(Permission.CONTRACTS_WORKSPACE_CREATE)).isFalse();
        assertThat(grants.has(Permission.CONTRACTS_CONTRACT_FINISH_DELETE)).isFalse();
    }

    @Test
    void aServiceMayEverything() {
        var grants = rules.inWorkspace(caller(Caller.Kind.SERVICE, null), workspace(false), contract())
                .orElseThrow();

        assertThat(grants.member()).isTrue();
        assertThat(grants.permissions())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Permission.values()).map(Permission::wire).toList());
    }

    @Test
    void whatBelongsToAnotherTenantIsNotThere() {
        var stranger = caller(Caller.Kind.USER, "tenant-2", "tenant-admin");

        assertThat(rules.inTenant(stranger, "tenant-1")).isEmpty();
        assertThat(rules.inContract(stranger, contract("owner"))).isEmpty();
        assertThat(rules.inWorkspace(stranger, workspace(true, "owner"), contract("owner")))
                .isEmpty();
    }

    private static TenantRoles initial() {
        var roles = PlayedPolicy.INITIAL.roles().stream()
                .map(role -> new Role(
                        role.scope(),
                        role.role(),
                        role.permissions().stream()
                                .map(name -> Permission.find(name).orElseThrow())
                                .collect(Collectors.toSet()),
                        role.i18n()))
                .toList();
        return new TenantRoles(7, roles);
    }

    @Test
    void grantsOfRolesSayWhichPolicyTheyFollowFrom() {
        assertThat(rules.inContract(user(), contract("owner")).orElseThrow().policy())
                .isEqualTo(7);
        assertThat(rules.inContract(caller(Caller.Kind.SERVICE_ACCOUNT, null), contract())
                        .orElseThrow()
                        .policy())
                .isNull();
    }

    private static Caller user() {
        return caller(Caller.Kind.USER, "tenant-1");
    }

    private static Caller caller(Caller.Kind kind, String tenantId, String... tenantRoles) {
        return new Caller(kind, "caller-1", tenantId, "Caller", List.of(tenantRoles), "Bearer token");
    }

    private static ContractStanding contract(String... roles) {
        return new ContractStanding("contract-1", "tenant-1", "active", roles.length > 0, List.of(roles));
    }

    private static WorkspaceStanding workspace(boolean member, String... roles) {
        return new WorkspaceStanding("workspace-1", "contract-1", member, List.of(roles));
    }
}

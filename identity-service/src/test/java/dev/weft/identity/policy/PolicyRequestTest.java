package dev.weft.identity.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weft.common.access.Permission;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemException;
import dev.weft.common.problem.ProblemSource;
import dev.weft.identity.policyrecord.PolicyRole;
import dev.weft.identity.policyrecord.RoleKey;
import dev.weft.identity.policyrecord.TenantPolicy;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class PolicyRequestTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String TENANT = "5a00000000000000000000aa";

    private static List<PolicyRole> roles(String roles) {
        return request("{\"roles\":" + roles + "}").change(TENANT).orElseThrow().roles();
    }

    private static PolicyRequest request(String attributes) {
        return new PolicyRequest(
                JSON.readTree("{\"data\":{\"type\":\"tenant-policy\",\"attributes\":" + attributes + "}}"));
    }

    private static List<String> faults(String roles) {
        return catchThrowableOfType(ProblemException.class, () -> roles(roles)).problems().stream()
                .map(Problem::source)
                .map(ProblemSource::name)
                .toList();
    }

    private static String role(String scope, String role, String... permissions) {
        var names =
                List.of(permissions).stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(","));
        return "{\"scope\":\"" + scope + "\",\"role\":\"" + role + "\",\"permissions\":[" + names
                + "],\"i18n\":{\"en\":\"Name\"}}";
    }

    @Test
    void singularSpellingsMeanThePlural() {
        var roles = roles("[" + role("workspaces", "a", "workspace.workspace.edit_membership_support") + ","
                + role("contracts", "a", "contract.devTeams.get", "contracts.devTeams.get", "global.stats.workspaces")
                + "," + role("tenants", "a", "tenant.auth_clients.get", "tenants.user.get") + "]");

        assertThat(roles.get(0).permissions()).containsExactly(Permission.WORKSPACES_WORKSPACE_EDIT_MEMBERSHIP_SUPPORT);
        assertThat(roles.get(1).permissions())
                .containsExactly(Permission.CONTRACTS_DEV_TEAMS_GET, Permission.GLOBAL_STATS_WORKSPACES);
        assertThat(roles.get(2).permissions())
                .containsExactly(Permission.TENANTS_AUTH_CLIENTS_GET, Permission.TENANTS_USER_GET);
    }

    @Test
    void allFaultsAreToldAtOnce() {
        var faults = faults("""
                [{"scope":"planets","role":"a","permissions":[],"i18n":{"en":"A"}},
                 {"scope":"workspaces","role":" ","permissions":["workspaces.flow.fly","contracts.workspace.create",
                  "workspaces.flow.edit","workspaces.workspace.listAll",7],"i18n":{"de":"Nur"}},
                 {"scope":"contracts","role":"b"},
                 {"scope":"contracts","role":"b","permissions":null,"i18n":{"en":""}},
                 "guest",
                 {"scope":"tenants","role":"c","permissions":["tenants.tenant.create"],"i18n":{"en":"C","a.b":"x"}}]""");

        assertThat(faults)
                .containsExactlyInAnyOrder(
                        "roles/0/scope",
                        "roles/1/role",
                        "roles/1/permissions/0",
                        "roles/1/permissions/1",
                        "roles/1/permissions/3",
                        "roles/1/permissions/4",
                        "roles/1/i18n/en",
                        "roles/2/permissions",
                        "roles/2/i18n",
                        "roles/3",
                        "roles/3/permissions",
                        "roles/3/i18n/en",
                        "roles/4",
                        "roles/5/permissions/0",
                        "roles/5/i18n");
    }

    @Test
    void theSameNameMayBeInSeveralScopes() {
        assertThat(roles("[" + role("contracts", "x") + "," + role("workspaces", "x") + "]"))
                .hasSize(2);
    }

    @Test
    void whatIsNoListIsAFaultAndNothingChangesNothing() {
        assertThat(request("{}").change(TENANT)).isEmpty();
        assertThat(faults("null")).containsExactly("roles");
        assertThat(faults("{}")).containsExactly("roles");
        var many = IntStream.range(0, 201)
                .mapToObj(i -> role("contracts", "r" + i))
                .collect(Collectors.joining(","));
        assertThat(faults("[" + many + "]")).containsExactly("roles");
    }

    @Test
    void whatAPredefinedRoleGrantsMayBeSaidAgainAndNotChanged() {
        var again = new PolicyWish(roles(JSON.writeValueAsString(TenantPolicy.initial(TENANT).roles().stream()
                .map(PolicyResource::role)
                .toList())));
        var changed = new PolicyWish(
                roles("[" + role("workspaces", "x") + "," + role("workspaces", "owner", "workspaces.flow.edit") + "]"));

        again.requirePredefinedAsTheyAre();
        assertThat(again.roles()).isEqualTo(TenantPolicy.initial(TENANT).roles());
        var refused = catchThrowableOfType(ProblemException.class, changed::requirePredefinedAsTheyAre);
        assertThat(refused.problems().getFirst().source().name()).isEqualTo("roles/1/permissions");
    }

    @Test
    void predefinedRolesComeBackAndOthersAreLost() {
        var before = TenantPolicy.initial(TENANT);

        var after = before.with(roles("[" + role("contracts", "mine") + "]"));

        assertThat(after.revision()).isEqualTo(1);
        assertThat(after.roles().stream().map(PolicyRole::key))
                .containsExactlyInAnyOrder(
                        new RoleKey("contracts", "mine"),
                        new RoleKey("contracts", "owner"),
                        new RoleKey("workspaces", "owner"),
                        new RoleKey("tenants", "tenant-admin"));
        assertThat(before.lostIn(after))
                .containsExactlyInAnyOrder(
                        new RoleKey("contracts", "admin"),
                        new RoleKey("contracts", "member"),
                        new RoleKey("workspaces", "admin"),
                        new RoleKey("workspaces", "integrator"),
                        new RoleKey("workspaces", "guest"));
    }
}

package dev.weft.workspace;

import static dev.weft.common.jsonapi.OddInput.bodies;

import dev.weft.common.jsonapi.OddCalls;
import dev.weft.common.jsonapi.OddInput;
import dev.weft.common.service.StartedService.Client;
import dev.weft.store.EmbeddedStore;
import dev.weft.workspace.Tenancy.Person;
import dev.weft.workspace.inviterecord.InviteTokens;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What no client of ours sends is refused with a reason, and never by a failure. */
class WorkspaceOddInputIT {

    private static final Map<String, String> CONTRACT = Map.of(
            "name", "\"Contract\"",
            "available_roles", "[]",
            "flow_stats_enabled_default", "true",
            "support_user_id", "\"0123456789abcdef01234567\"",
            "custom_data", "{\"a\":1}");

    private static final Map<String, String> WORKSPACE =
            Map.of("name", "\"Workspace\"", "type", "\"full\"", "flow_stats_enabled_default", "true");

    private static final Map<String, String> INVITE =
            Map.of("email", "\"other@example.com\"", "roles", "[\"member\"]", "workspace_roles", "[\"guest\"]");
    private static final Map<String, String> NEWCOMER =
            Map.of("first_name", "\"a\"", "last_name", "\"b\"", "password", "\"Secret-123!\"");
    private static final Map<String, String> ROLES = Map.of("roles", "[\"owner\"]");

    private static EmbeddedStore store;
    private static Tenancy tenancy;
    private static Person owner;
    private static String contract;
    private static String workspace;
    private static String credential;

    @BeforeAll
    static void start() throws Exception {
        store = EmbeddedStore.inMemory();
        tenancy = new Tenancy(store);
        owner = tenancy.person("Owner");
        contract = tenancy.aContract(owner);
        workspace = tenancy.aWorkspace(owner, contract);
        credential = tenancy.aCredential(owner, workspace);
    }

    @AfterAll
    static void stop() {
        tenancy.close();
        store.close();
    }

    @Test
    void noQueryMakesTheServiceFail() {
        as(owner.client())
                .lists(
                        "/v2/contracts",
                        "/v2/contracts/" + contract,
                        "/v2/contracts/" + contract + "/members",
                        "/v2/contracts/" + contract + "/invites",
                        "/v2/workspaces",
                        "/v2/workspaces?contract_id=" + contract,
                        "/v2/workspaces/" + workspace,
                        "/v2/workspaces/" + workspace + "/members",
                        "/v2/workspaces/" + workspace + "/invites",
                        "/v2/credentials",
                        "/v2/credentials?workspace_id=" + workspace)
                .ids(
                        "/v2/contracts/{odd}",
                        "/v2/contracts/{odd}/members",
                        "/v2/contracts/{odd}/roles",
                        "/v2/contracts/{odd}/invites",
                        "/v2/workspaces/{odd}/invites",
                        "/v2/workspaces/" + workspace + "/invites/{odd}",
                        "/v2/workspaces/{odd}",
                        "/v2/workspaces?contract_id={odd}",
                        "/v2/members/{odd}",
                        "/v2/credentials/{odd}",
                        "/v2/credentials?workspace_id={odd}",
                        "/internal/contracts/shared?user={odd}&other={odd}",
                        "/internal/contracts/" + contract + "/members/{odd}",
                        "/internal/contracts/" + contract + "/owners/{odd}",
                        "/internal/contracts/owned?user={odd}",
                        "/internal/workspaces/{odd}",
                        "/internal/access/workspaces/{odd}",
                        "/internal/access/contracts/{odd}",
                        "/internal/access/tenants/{odd}")
                .allHadAReason();
    }

    @Test
    void noBodyMakesTheServiceFail() {
        var keys = Map.of(
                "name", "\"n\"", "keys", "{\"auth\":{\"type\":\"basic\",\"username\":\"u\",\"password\":\"p\"}}");
        var lists = List.of(
                "/v2/contracts",
                "/v2/workspaces?contract_id=" + contract,
                "/v2/credentials?workspace_id=" + workspace,
                "/v2/credentials/" + credential);

        var invite = owner.client()
                .post("/v2/contracts/" + contract + "/invites", """
                {"data":{"type":"contract-invite","attributes":{"email":"odd@example.com","roles":["member"]}}}""")
                .id();
        var token = tenancy.server.bean(InviteTokens.class).of(invite);

        as(tenancy.admin.client())
                .bodies("POST", "/v2/contracts", bodies("contract", null, CONTRACT, Map.of("tenant", tenancy.id)))
                .bodies("PATCH", "/v2/contracts/" + contract, bodies("contract", contract, CONTRACT, Map.of()))
                .bodies(
                        "POST",
                        "/v2/contracts/" + contract + "/members",
                        bodies("contract-member", owner.id(), ROLES, Map.of()))
                .get(lists)
                .allHadAReason();
        as(owner.client())
                .bodies(
                        "PATCH",
                        "/v2/contracts/" + contract + "/members/" + owner.id(),
                        bodies("contract-member", owner.id(), ROLES, Map.of()))
                .bodies(
                        "POST",
                        "/v2/contracts/" + contract + "/invites",
                        bodies("contract-invite", null, INVITE, Map.of()))
                .bodies(
                        "PATCH",
                        "/v2/contracts/" + contract + "/invites/" + invite,
                        bodies("contract-invite", invite, INVITE, Map.of()))
                .bodies(
                        "POST",
                        "/v2/workspaces/" + workspace + "/invites",
                        bodies("workspace-invite", null, INVITE, Map.of()))
                .bodies("POST", "/v2/invites/" + token + "/accept", bodies("user", null, NEWCOMER, Map.of()))
                .bodies("POST", "/v2/workspaces", bodies("workspace", null, WORKSPACE, Map.of("contract", contract)))
                .bodies("PATCH", "/v2/workspaces/" + workspace, bodies("workspace", workspace, WORKSPACE, Map.of()))
                .bodies(
                        "POST",
                        "/v2/workspaces/" + workspace + "/members",
                        bodies("member", owner.id(), ROLES, Map.of()))
                .bodies(
                        "PATCH",
                        "/v2/workspaces/" + workspace + "/members/" + owner.id(),
                        bodies("member", owner.id(), ROLES, Map.of()))
                .bodies(
                        "POST",
                        "/v2/credentials",
                        bodies("credential", null, keys, Map.of("workspace", workspace, "component", tenancy.webhook)))
                .bodies("PATCH", "/v2/credentials/" + credential, bodies("credential", credential, keys, Map.of()))
                .bodies("PATCH", "/v2/credentials/" + credential, keysWithOddFields())
                .get(lists)
                .allHadAReason();
    }

    private static List<String> keysWithOddFields() {
        return Stream.of("{}", "\"\"")
                .flatMap(field -> OddInput.insteadOf(field).stream())
                .map(value -> """
                        {"data":{"type":"credential","id":"%1$s","attributes":{"keys":{"auth":%2$s,"note":%2$s}}}}""".formatted(credential, value))
                .toList();
    }

    private static OddCalls as(Client client) {
        return new OddCalls(
                (method, path, body, _) -> client.call(method, path, body).status());
    }
}

package dev.weft.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.jsonapi.OddInput;
import dev.weft.store.EmbeddedStore;
import dev.weft.workspace.Tenancy.Person;
import dev.weft.workspace.WorkspaceServer.Answer;
import dev.weft.workspace.WorkspaceServer.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    private static final Map<String, String> ROLES = Map.of("roles", "[\"owner\"]");

    private static EmbeddedStore store;
    private static Tenancy tenancy;
    private static Person owner;
    private static String contract;
    private static String workspace;
    private static String credential;

    private final List<String> failures = new ArrayList<>();

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
        for (var list : List.of(
                "/v2/contracts",
                "/v2/contracts/" + contract,
                "/v2/contracts/" + contract + "/members",
                "/v2/workspaces",
                "/v2/workspaces?contract_id=" + contract,
                "/v2/workspaces/" + workspace,
                "/v2/workspaces/" + workspace + "/members",
                "/v2/credentials",
                "/v2/credentials?workspace_id=" + workspace)) {
            for (var path : OddInput.queriesOf(list)) {
                note("GET", path, "", owner.client().get(path));
            }
        }
        for (var id : OddInput.IDS) {
            for (var path : List.of(
                    "/v2/contracts/" + id,
                    "/v2/contracts/" + id + "/members",
                    "/v2/contracts/" + id + "/roles",
                    "/v2/workspaces/" + id,
                    "/v2/workspaces?contract_id=" + id,
                    "/v2/members/" + id,
                    "/v2/credentials/" + id,
                    "/v2/credentials?workspace_id=" + id,
                    "/internal/contracts/shared?user=" + id + "&other=" + id,
                    "/internal/contracts/" + contract + "/members/" + id,
                    "/internal/workspaces/" + id,
                    "/internal/access/workspaces/" + id,
                    "/internal/access/contracts/" + id,
                    "/internal/access/tenants/" + id)) {
                note("GET", path, "", owner.client().get(path));
            }
        }

        assertThat(failures).isEmpty();
    }

    @Test
    void noBodyMakesTheServiceFail() {
        var admin = tenancy.admin.client();
        var client = owner.client();
        var keys = Map.of(
                "name", "\"n\"", "keys", "{\"auth\":{\"type\":\"basic\",\"username\":\"u\",\"password\":\"p\"}}");
        var auth = "{\"auth\":%s,\"note\":%s}";
        send(admin, "POST", "/v2/contracts", OddInput.bodies("contract", null, CONTRACT, Map.of("tenant", tenancy.id)));
        send(admin, "PATCH", "/v2/contracts/" + contract, OddInput.bodies("contract", contract, CONTRACT, Map.of()));
        send(
                admin,
                "POST",
                "/v2/contracts/" + contract + "/members",
                OddInput.bodies("contract-member", owner.id(), ROLES, Map.of()));
        send(
                client,
                "PATCH",
                "/v2/contracts/" + contract + "/members/" + owner.id(),
                OddInput.bodies("contract-member", owner.id(), ROLES, Map.of()));
        send(
                client,
                "POST",
                "/v2/workspaces",
                OddInput.bodies("workspace", null, WORKSPACE, Map.of("contract", contract)));
        send(
                client,
                "PATCH",
                "/v2/workspaces/" + workspace,
                OddInput.bodies("workspace", workspace, WORKSPACE, Map.of()));
        send(
                client,
                "POST",
                "/v2/workspaces/" + workspace + "/members",
                OddInput.bodies("member", owner.id(), ROLES, Map.of()));
        send(
                client,
                "PATCH",
                "/v2/workspaces/" + workspace + "/members/" + owner.id(),
                OddInput.bodies("member", owner.id(), ROLES, Map.of()));
        send(
                client,
                "POST",
                "/v2/credentials",
                OddInput.bodies(
                        "credential", null, keys, Map.of("workspace", workspace, "component", tenancy.webhook)));
        send(
                client,
                "PATCH",
                "/v2/credentials/" + credential,
                OddInput.bodies("credential", credential, keys, Map.of()));
        for (var value : OddInput.VALUES) {
            var body = "{\"data\":{\"type\":\"credential\",\"id\":\"" + credential + "\",\"attributes\":{\"keys\":"
                    + auth.formatted(value, value) + "}}}";
            send(client, "PATCH", "/v2/credentials/" + credential, List.of(body));
        }

        for (var path : List.of(
                "/v2/contracts",
                "/v2/workspaces?contract_id=" + contract,
                "/v2/credentials?workspace_id=" + workspace,
                "/v2/credentials/" + credential)) {
            note("GET", path, "afterwards", client.get(path));
            note("GET", path, "afterwards", admin.get(path));
        }
        assertThat(failures).isEmpty();
    }

    private void send(Client client, String method, String path, List<String> bodies) {
        for (var body : bodies) {
            note(method, path, body, method.equals("POST") ? client.post(path, body) : client.patch(path, body));
        }
    }

    private void note(String method, String path, String body, Answer answer) {
        if (answer.status() >= 500) {
            var shown = body.length() > 200 ? body.substring(0, 200) + "…" : body;
            failures.add(method + " " + path + " " + shown + " -> " + answer.status());
        }
    }
}

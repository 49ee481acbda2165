package dev.weft.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.id.Ids;
import dev.weft.common.jsonapi.OddInput;
import dev.weft.registry.RegistryServer.Answer;
import dev.weft.registry.RegistryServer.Client;
import dev.weft.store.EmbeddedStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What no client of ours sends is refused with a reason, and never by a failure. */
class RegistryOddInputIT {

    private static final Ids IDS = new Ids();
    private static final Map<String, String> TEAM = Map.of(
            "name", "\"team\"",
            "docker_registry", "{\"uri\":\"registry.example.com\",\"credentials\":{\"user\":\"u\"}}");

    private static EmbeddedStore store;
    private static RegistryNeighbours others;
    private static RegistryServer server;
    private static Client client;
    private static String contract;
    private static String team;

    private final List<String> failures = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        store = EmbeddedStore.inMemory();
        others = new RegistryNeighbours();
        server = new RegistryServer(store, others);
        var tenant = IDS.next();
        var user = IDS.next();
        client = server.as(others.bearer(user, tenant));
        contract = others.aContract(tenant);
        others.join(contract, user, "contracts.devTeam.edit");
        team = client.post("/v2/teams", """
            {"data":{"relationships":{"contract":{"data":{"type":"contract","id":"%s"}}}}}\
            """.formatted(contract)).id();
    }

    @AfterAll
    static void stop() {
        server.close();
        others.close();
        store.close();
    }

    @Test
    void noQueryMakesTheServiceFail() {
        var component = client.get("/v2/components?contract_id=" + contract)
                .at("/data/0/id")
                .asString();
        for (var list : List.of(
                "/v2/teams",
                "/v2/teams?contract_id=" + contract,
                "/v2/components",
                "/v2/components?contract_id=" + contract,
                "/v2/components/all",
                "/v2/components/" + component + "/versions",
                "/v2/workspaces/" + contract + "/components")) {
            for (var path : OddInput.queriesOf(list)) {
                note("GET", path, "", client.get(path));
            }
        }
        for (var id : OddInput.IDS) {
            for (var path : List.of(
                    "/v2/teams/" + id,
                    "/v2/teams?contract_id=" + id,
                    "/v2/components/" + id,
                    "/v2/components/" + id + "/env",
                    "/v2/components/" + component + "/versions/" + id,
                    "/v2/components/" + component + "/versions/" + id + "/descriptor",
                    "/v2/versions/" + id,
                    "/v2/descriptors/" + id,
                    "/v2/workspaces/" + id + "/components",
                    "/internal/components/" + id + "?workspace=" + id,
                    "/internal/components/resolve?command=" + id + "&workspace=" + id)) {
                note("GET", path, "", client.get(path));
            }
        }

        assertThat(failures).isEmpty();
    }

    @Test
    void noBodyMakesTheServiceFail() {
        send("POST", "/v2/teams", OddInput.bodies("team", null, TEAM, Map.of("contract", contract)));
        send("PATCH", "/v2/teams/" + team, OddInput.bodies("team", team, TEAM, Map.of()));
        var members = "/v2/teams/" + team + "/relationships/members";
        send("POST", members, OddInput.bodies("user", IDS.next(), Map.of(), Map.of()));
        send("DELETE", members, OddInput.bodies("user", IDS.next(), Map.of(), Map.of()));
        for (var value : OddInput.VALUES) {
            send(
                    "PATCH",
                    "/v2/teams/" + team,
                    List.of("{\"data\":{\"type\":\"team\",\"id\":\"" + team
                            + "\",\"attributes\":{\"docker_registry\":{\"uri\":\"a\",\"credentials\":" + value
                            + "}}}}"));
            note("GET", "/v2/teams/" + team, value, client.get("/v2/teams/" + team));
        }

        note("GET", "/v2/teams", "afterwards", client.get("/v2/teams?contract_id=" + contract));
        assertThat(failures).isEmpty();
    }

    private void send(String method, String path, List<String> bodies) {
        for (var body : bodies) {
            var answer = switch (method) {
                case "POST" -> client.post(path, body);
                case "DELETE" -> client.delete(path, body);
                default -> client.patch(path, body);
            };
            note(method, path, body, answer);
        }
    }

    private void note(String method, String path, String body, Answer answer) {
        if (answer.status() >= 500) {
            var shown = body.length() > 200 ? body.substring(0, 200) + "…" : body;
            failures.add(method + " " + path + " " + shown + " -> " + answer.status());
        }
    }
}

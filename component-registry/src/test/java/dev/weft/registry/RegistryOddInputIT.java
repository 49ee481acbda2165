package dev.weft.registry;

import static dev.weft.common.jsonapi.OddInput.bodies;

import dev.weft.common.id.Ids;
import dev.weft.common.jsonapi.OddCalls;
import dev.weft.common.jsonapi.OddInput;
import dev.weft.common.service.StartedService;
import dev.weft.common.service.StartedService.Client;
import dev.weft.store.EmbeddedStore;
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
    private static StartedService server;
    private static Client client;
    private static String contract;
    private static String team;

    @BeforeAll
    static void start() throws Exception {
        store = EmbeddedStore.inMemory();
        others = new RegistryNeighbours();
        server = RegistryServer.start(store, others);
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
        odd().lists(
                        "/v2/teams",
                        "/v2/teams?contract_id=" + contract,
                        "/v2/components",
                        "/v2/components?contract_id=" + contract,
                        "/v2/components/all",
                        "/v2/components/" + component + "/versions",
                        "/v2/workspaces/" + contract + "/components")
                .ids(
                        "/v2/teams/{odd}",
                        "/v2/teams?contract_id={odd}",
                        "/v2/components/{odd}",
                        "/v2/components/{odd}/env",
                        "/v2/components/" + component + "/versions/{odd}",
                        "/v2/components/" + component + "/versions/{odd}/descriptor",
                        "/v2/versions/{odd}",
                        "/v2/descriptors/{odd}",
                        "/v2/workspaces/{odd}/components",
                        "/internal/components/{odd}?workspace={odd}",
                        "/internal/components/resolve?command={odd}&workspace={odd}")
                .allHadAReason();
    }

    @Test
    void noBodyMakesTheServiceFail() {
        var path = "/v2/teams/" + team;
        var calls = odd().bodies("POST", "/v2/teams", bodies("team", null, TEAM, Map.of("contract", contract)))
                .bodies("PATCH", path, bodies("team", team, TEAM, Map.of()))
                .bodies("POST", path + "/relationships/members", bodies("user", IDS.next(), Map.of(), Map.of()))
                .bodies("DELETE", path + "/relationships/members", bodies("user", IDS.next(), Map.of(), Map.of()));
        for (var value : OddInput.insteadOf("{}")) {
            calls.call("PATCH", path, """
                            {"data":{"type":"team","id":"%s",
                             "attributes":{"docker_registry":{"uri":"a","credentials":%s}}}}""".formatted(team, value)).call("GET", path, null);
        }

        calls.get(List.of("/v2/teams?contract_id=" + contract)).allHadAReason();
    }

    private static OddCalls odd() {
        return new OddCalls(
                (method, path, body, _) -> client.call(method, path, body).status());
    }
}

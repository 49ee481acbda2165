package dev.weft.standalone.suite;

import static dev.weft.standalone.suite.Api.edge;
import static dev.weft.standalone.suite.Api.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.id.Ids;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What was asked for through the gateway, whatever service answered, is in the audit trail, and no value of it. */
@ExtendWith(LogsOfFailure.class)
class AuditJourneyIT {

    private static final List<Map<String, Object>> HOOK = List.of(node("hook", "weft/webhook:receive", Map.of()));

    private static Api api;

    @BeforeAll
    static void connect() {
        var topology = Topology.shared();
        api = new Api(topology.gateway(1), topology.credentials());
        api.workspace();
    }

    private static List<JsonNode> entries(String query) {
        var answer = api.get("/v2/audit?page%5Bsize%5D=100&" + query);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return StreamSupport.stream(answer.data().spliterator(), false)
                .map(entry -> entry.path("attributes"))
                .toList();
    }

    private static List<String> words(String query) {
        return entries(query).stream()
                .map(entry -> entry.path("action").asString() + " "
                        + entry.path("outcome").asString() + " "
                        + entry.path("status").intValue())
                .toList();
    }

    private static void await(String query, String... words) {
        Awaitility.await(query)
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(words(query)).containsExactly(words));
    }

    private static String id(Api.Answer answer, int status) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        return answer.data().path("id").asString();
    }

    @Test
    void theStoryOfAFlowIsToldNewestFirst() {
        var two = List.of(HOOK.getFirst(), node("m", "weft/mapper:map", Map.of("expression", "$")));
        var flow = id(api.create(two, List.of(edge("hook", "m")), Map.of("name", "Zulu 1")), 201);
        var path = "/v2/flows/" + flow;
        var renamed = Map.of(
                "data",
                Map.of("type", "flow", "id", flow, "attributes", Map.of("name", "Zulu 2", "unknown", "Zulu 3")));
        assertThat(api.patch(path, renamed).status()).isEqualTo(200);
        assertThat(api.patch(path, "{").status()).isEqualTo(400);
        assertThat(api.patch(path, Map.of("data", Map.of("type", "flow"))).status())
                .isEqualTo(400);
        assertThat(api.post(path, "{}").status()).isEqualTo(405);
        api.start(flow);
        assertThat(api.hook(flow, Map.of("a", "Zulu 4")).status()).isEqualTo(200);
        api.stop(flow);
        assertThat(api.delete(path).status()).isEqualTo(204);
        assertThat(api.delete(path).status()).isEqualTo(404);

        await(
                "object_id=" + flow,
                "flow.delete refused 404",
                "flow.delete succeeded 204",
                "flow.stop succeeded 202",
                "flow.start succeeded 202",
                "flow.create refused 405",
                "flow.update refused 400",
                "flow.update refused 400",
                "flow.update succeeded 200",
                "flow.create succeeded 201");
        var told = entries("object_id=" + flow);
        assertThat(told.get(7).path("changed").toString()).isEqualTo("[\"name\"]");
        assertThat(told.toString()).doesNotContain("Zulu");
        // Also of what the gateway refused itself, which does not know where a flow is.
        assertThat(told.subList(1, told.size())).allSatisfy(entry -> {
            assertThat(entry.path("workspace_id").asString()).isEqualTo(api.workspace());
            assertThat(entry.path("ip").asString()).isNotEmpty();
            assertThat(entry.path("request_id").asString()).isNotEmpty();
        });
        var contract = told.getLast().path("contract_id").asString();
        await(
                "contract_id=" + contract + "&action=flow.create&outcome=succeeded&object_id=" + flow,
                "flow.create succeeded 201");
    }

    @Test
    void aCredentialIsToldOfWheneverItIsReadInClear() {
        var webhook = StreamSupport.stream(
                        api.get("/v2/workspaces/" + api.workspace() + "/components")
                                .data()
                                .spliterator(),
                        false)
                .filter(component -> component.at("/attributes/name").asString().equals("webhook"))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();
        var wish = Map.of(
                "type",
                "credential",
                "attributes",
                Map.of("keys", Map.of("auth", Map.of("type", "basic", "username", "u", "password", "hush"))),
                "relationships",
                Map.of(
                        "component", Map.of("data", Map.of("type", "component", "id", webhook)),
                        "workspace", Map.of("data", Map.of("type", "workspace", "id", api.workspace()))));
        var credential = id(api.post("/v2/credentials", Map.of("data", wish)), 201);

        id(api.get("/v2/credentials/" + credential), 200);
        assertThat(api.delete("/v2/credentials/" + credential).status()).isEqualTo(204);

        await(
                "object_id=" + credential,
                "credential.delete succeeded 204",
                "credential.read succeeded 200",
                "credential.create succeeded 201");
        assertThat(entries("object_id=" + credential).toString())
                .contains("\"keys\"")
                .doesNotContain("hush");
    }

    /** The other two have their own tests above. */
    @Test
    void everyServiceTellsWhatItRefuses() {
        var ids = new Ids();
        var user = ids.next();
        var team = ids.next();
        var error = ids.next();
        assertThat(api.delete("/v2/users/" + user).status()).isEqualTo(404);
        assertThat(api.delete("/v2/teams/" + team).status()).isEqualTo(404);
        assertThat(api.post("/v2/executions/" + ids.nextHex32() + "/errors/" + error + "/retry", "{}")
                        .status())
                .isEqualTo(404);

        await("object_id=" + user, "user.delete refused 404");
        await("object_id=" + team, "team.delete refused 404");
        await("object_id=" + error, "execution-error.retry refused 404");
    }

    @Test
    void nothingChangesTheTrail() {
        assertThat(api.delete("/v2/audit").status()).isEqualTo(405);
        assertThat(api.post("/v2/audit", "{}").status()).isEqualTo(405);
        assertThat(api.get("/v2/audit?contract_id=" + "f".repeat(24)).status()).isEqualTo(404);
        assertThat(api.get("/v2/audit?outcome=maybe").status()).isEqualTo(400);

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> words("action=audit.delete").contains("audit.delete refused 405"));
    }
}

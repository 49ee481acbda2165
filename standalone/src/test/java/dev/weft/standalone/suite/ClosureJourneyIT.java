package dev.weft.standalone.suite;

import static dev.weft.standalone.suite.Api.node;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What ends flows although nobody asked for them to end: suspended contracts, deleted workspaces, deleted users. */
@ExtendWith(LogsOfFailure.class)
class ClosureJourneyIT {

    private static final List<Map<String, Object>> HOOK = List.of(node("hook", "weft/webhook:receive", Map.of()));

    private static Api api;
    private static String me;

    @BeforeAll
    static void connect() {
        var topology = Topology.shared();
        api = new Api(topology.gateway(1), topology.credentials());
        api.workspace();
        me = api.get("/v2/users/me").data().path("id").stringValue();
    }

    private static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofSeconds(90));
    }

    private static JsonNode made(Api.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 201);
        return answer.data();
    }

    private static String aContract(String owner) {
        var contract = made(api.post(
                        "/v2/contracts",
                        Map.of("data", Map.of("type", "contract", "attributes", Map.of("name", "Journey")))))
                .path("id")
                .stringValue();
        join(contract, owner);
        return contract;
    }

    private static void join(String contract, String user) {
        made(api.post(
                "/v2/contracts/" + contract + "/members",
                Map.of(
                        "data",
                        Map.of(
                                "type",
                                "contract-member",
                                "id",
                                user,
                                "attributes",
                                Map.of("roles", List.of("owner"))))));
    }

    private static String aWorkspace(Api owner, String contract) {
        return made(owner.post(
                        "/v2/workspaces",
                        Map.of(
                                "data",
                                Map.of(
                                        "type",
                                        "workspace",
                                        "attributes",
                                        Map.of("name", "Journey"),
                                        "relationships",
                                        Map.of(
                                                "contract",
                                                Map.of("data", Map.of("type", "contract", "id", contract)))))))
                .path("id")
                .stringValue();
    }

    private record Person(String id, Api api) {}

    private static Person aUser() {
        var email = UUID.randomUUID() + "@example.com";
        var attributes = Map.of("first_name", "Ada", "last_name", "Leaver", "email", email, "password", "Secret-123!");
        var id = made(api.post("/v2/users", Map.of("data", Map.of("type", "user", "attributes", attributes))))
                .path("id")
                .stringValue();
        var gateway = Topology.shared().gateway(1);
        var key = made(new Api(gateway, email, "Secret-123!").post("/v2/users/me/generate-api-key", ""))
                .at("/attributes/api_key")
                .stringValue();
        return new Person(id, new Api(gateway, email, key));
    }

    private static String attribute(String path, String name) {
        return api.get(path).data().path("attributes").path(name).asString("");
    }

    @Test
    void aSuspendedContractHasNoRunningFlowUntilItIsLiftedAndTheyAreStarted() {
        var contract = aContract(me);
        var there = api.in(aWorkspace(api, contract));
        var path = "/v2/contracts/" + contract;
        var flow = there.run(HOOK);
        assertThat(there.hook(flow, Map.of("n", 1)).status()).isEqualTo(200);

        var accepted = api.post(path + "/suspend", "");

        assertThat(accepted.status()).isEqualTo(202);
        // What a service was told of the contract before holds until it hears of the change.
        soon().until(() -> api.post("/v2/flows/" + flow + "/start", "").code().equals("contract-suspended"));
        there.awaitStatus(flow, "inactive");
        soon().until(() -> attribute(path, "status").equals("suspended"));
        soon().until(() -> there.hook(flow, Map.of("n", 2)).status() == 404);
        assertThat(api.post(path + "/suspend", "").status()).isEqualTo(202);
        assertThat(there.create(HOOK, List.of(), Map.of()).code()).isEqualTo("contract-suspended");
        assertThat(api.delete("/v2/flows/" + flow).code()).isEqualTo("contract-suspended");

        assertThat(api.post(path + "/unsuspend", "").status()).isEqualTo(204);

        assertThat(attribute(path, "status")).isEqualTo("active");
        assertThat(attribute("/v2/flows/" + flow, "status")).isEqualTo("inactive");
        // Until the word of it has come to all services a start may still be taken for one of before, and stopped.
        soon().until(() -> {
            api.post("/v2/flows/" + flow + "/start", "");
            return there.hook(flow, Map.of("n", 3)).status() == 200;
        });
    }

    @Test
    void aContractWithoutFlowsIsSuspendedAtOnce() {
        var path = "/v2/contracts/" + aContract(me);

        api.post(path + "/suspend", "");

        soon().until(() -> attribute(path, "status").equals("suspended"));
    }

    @Test
    void theFlowsOfADeletedWorkspaceAreGone() {
        var workspace = aWorkspace(api, aContract(me));
        var there = api.in(workspace);
        var flow = there.run(HOOK);
        assertThat(there.hook(flow, Map.of()).status()).isEqualTo(200);

        assertThat(api.delete("/v2/workspaces/" + workspace).status()).isEqualTo(204);

        soon().until(() -> api.get("/v2/flows/" + flow).status() == 404);
        soon().until(() -> there.hook(flow, Map.of()).status() == 404);
    }

    @Test
    void theFlowsOfADeletedUserPassOnOrGo() {
        var user = aUser();
        var leaver = user.api();
        var contract = aContract(user.id());
        join(contract, me);
        var shared = aWorkspace(leaver, contract);
        made(leaver.post(
                "/v2/workspaces/" + shared + "/members",
                Map.of("data", Map.of("type", "member", "id", me, "attributes", Map.of("roles", List.of("owner"))))));
        var passedOn = leaver.in(shared).run(HOOK);
        var gone = leaver.in(aWorkspace(leaver, contract)).run(HOOK);

        assertThat(api.delete("/v2/users/" + user.id()).status()).isEqualTo(204);

        soon().until(() -> api.get("/v2/flows/" + passedOn)
                .data()
                .at("/relationships/user/data/id")
                .asString("")
                .equals(me));
        assertThat(attribute("/v2/flows/" + passedOn, "status")).isEqualTo("active");
        soon().until(() -> api.hook(gone, Map.of()).status() == 404);
        soon().until(() ->
                api.get("/v2/contracts/" + contract + "/members").data().size() == 1);
    }

    @Test
    void whoLeavesTheLastContractIsDeletedAndWhoIsInAnotherIsNot() {
        var leaver = aUser();
        var stayer = aUser();
        var contract = aContract(me);
        join(contract, leaver.id());
        join(contract, stayer.id());
        join(aContract(me), stayer.id());
        var members = "/v2/contracts/" + contract + "/members/";

        assertThat(api.delete(members + stayer.id()).status()).isEqualTo(204);
        assertThat(api.delete(members + leaver.id()).status()).isEqualTo(204);

        soon().until(() -> api.get("/v2/users/" + leaver.id()).status() == 404);
        soon().until(() -> leaver.api().get("/v2/users/me").status() == 401);
        assertThat(stayer.api().get("/v2/users/me").status()).isEqualTo(200);
    }
}

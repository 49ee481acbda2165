package dev.weft.workspace.quota;

import static dev.weft.workspace.Tenancy.ids;
import static dev.weft.workspace.Tenancy.member;
import static dev.weft.workspace.Tenancy.workspaceIn;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.event.Fact;
import dev.weft.common.id.Ids;
import dev.weft.common.messaging.InstanceQueue;
import dev.weft.common.service.StartedService.Answer;
import dev.weft.common.service.StartedService.Client;
import dev.weft.store.EmbeddedStore;
import dev.weft.workspace.Tenancy;
import dev.weft.workspace.Tenancy.Person;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;

/** Limits that are set, read, and kept where things are made (api-v2 12). */
class QuotaIT {

    private static final String FULL = "per_contract_workspace_count_full";
    private static final String LIMITED = "per_contract_workspace_count_limited";
    private static final String USERS = "per_contract_user_count_limit";
    private static final String FLOWS_OF_WORKSPACE = "per_workspace_flow_count_limit";

    private static EmbeddedStore store;
    private static Tenancy tenancy;
    private static Client operator;
    private static Client service;

    @BeforeAll
    static void start() throws Exception {
        store = EmbeddedStore.inMemory();
        tenancy = new Tenancy(store);
        operator = tenancy.server.as(tenancy.others.bearer("service-account", new Ids().next(), null));
        service = tenancy.server.as(tenancy.others.bearer("service", "flow-service", null));
    }

    @AfterAll
    static void stop() {
        tenancy.close();
        store.close();
    }

    private static Answer put(Client client, String type, String context, Object limit) {
        return client.call(
                "PUT",
                "/v2/quotas/" + type + "/" + context,
                "{\"data\":{\"type\":\"quota\",\"attributes\":{\"limit\":" + limit + "}}}");
    }

    private static void set(String type, String context, int limit) {
        assertThat(put(operator, type, context, limit).status()).isEqualTo(200);
    }

    private static String in(String... ids) {
        return tenancy.id + "." + String.join(".", ids);
    }

    private static int limit(String type, String context) {
        return tenancy.admin
                .client()
                .get("/v2/quotas/" + type + "/" + context)
                .attribute("limit")
                .asInt();
    }

    private static List<Integer> atOnce(int times, Callable<Answer> call) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new java.util.ArrayList<Integer>();
            for (var answer : threads.invokeAll(Collections.nCopies(times, call))) {
                answers.add(answer.get().status());
            }
            return answers;
        }
    }

    @Test
    void aWorkspaceBecomesFullOnlyWhenThereIsRoomForItsFlows() {
        var owner = tenancy.person("Owner");
        var contract = tenancy.aContract(owner);
        var workspace = tenancy.aWorkspace(owner, contract);
        set(FLOWS_OF_WORKSPACE, in(contract, workspace), 2);
        assertThat(become("limited", workspace).status()).isEqualTo(200);

        tenancy.others.setFlowCount(workspace, 3);
        var refused = become("full", workspace);
        assertThat(refused.error()).isEqualTo("403 quota-exceeded");
        assertThat(refused.at("/errors/0/meta/quota").asString()).isEqualTo(FLOWS_OF_WORKSPACE);
        tenancy.others.setFlowCount(workspace, 2);
        assertThat(become("full", workspace).attribute("type").asString()).isEqualTo("full");

        set("per_contract_flow_count_limit", in(contract), 4);
        tenancy.others.setFlowCount(contract, 9);
        become("limited", workspace);
        assertThat(become("full", workspace).error()).isEqualTo("403 quota-exceeded");
        tenancy.others.setFlowCount(workspace, 0);
        assertThat(become("full", workspace).status()).as("without flows").isEqualTo(200);
    }

    private static Answer become(String type, String workspace) {
        return tenancy.admin
                .client()
                .patch(
                        "/v2/workspaces/" + workspace,
                        "{\"data\":{\"type\":\"workspace\",\"attributes\":{\"type\":\"" + type + "\"}}}");
    }

    @Test
    void theNarrowestLimitHoldsAndOnlyServiceAccountsSetIt() {
        var owner = tenancy.person("Owner");
        var contract = tenancy.aContract(owner);
        var workspace = tenancy.aWorkspace(owner, contract);
        var guest = tenancy.person("Guest");

        assertThat(limit(FLOWS_OF_WORKSPACE, in(contract, workspace))).isEqualTo(-1);
        set(FLOWS_OF_WORKSPACE, in("ANY"), 7);
        assertThat(limit(FLOWS_OF_WORKSPACE, in(contract, workspace))).isEqualTo(7);
        set(FLOWS_OF_WORKSPACE, in(contract, workspace), 3);
        var shown = owner.client().get("/v2/quotas/" + FLOWS_OF_WORKSPACE + "/" + in(contract, workspace));
        assertThat(shown.attribute("limit").asInt()).isEqualTo(3);
        assertThat(owner.client().get(shown.at("/data/links/self").asString()).status())
                .isEqualTo(200);
        assertThat(limit(FLOWS_OF_WORKSPACE, in(contract, "ANY"))).isEqualTo(7);
        var published = operator.call(
                "PUT", "/v2/quotas/" + FLOWS_OF_WORKSPACE + "/" + in(contract), "{\"data\":{\"limit\":5}}");
        assertThat(published.attribute("limit").asInt()).isEqualTo(5);

        for (var person : List.of(owner, tenancy.admin, guest)) {
            var refused = put(person.client(), FLOWS_OF_WORKSPACE, in(contract, workspace), 9);
            assertThat(refused.at("/errors/0/meta/required_permission").asString())
                    .isEqualTo("global.quota_limits.edit");
        }
        assertThat(put(owner.client(), FLOWS_OF_WORKSPACE, "ANY", 9).status()).isEqualTo(403);
        assertThat(guest.client()
                        .get("/v2/quotas/" + FLOWS_OF_WORKSPACE + "/" + in(contract, workspace))
                        .status())
                .isEqualTo(403);
        assertThat(tenancy.stranger()
                        .get("/v2/quotas/" + USERS + "/" + in(contract))
                        .status())
                .isEqualTo(404);
        set(FLOWS_OF_WORKSPACE, in("ANY"), 0);
    }

    @Test
    void whatIsWrongIsRefused() {
        var contract = tenancy.aContract(tenancy.person("Owner"));
        var other = new Ids().next();

        for (var limit : List.of("-2", "1.5", "\"3\"", "null", "3000000000")) {
            assertThat(put(operator, USERS, in(contract), limit).error())
                    .as(limit)
                    .isEqualTo("400 validation-failed /data/attributes/limit");
        }
        assertThat(operator.call("PUT", "/v2/quotas/" + USERS + "/" + in(contract), "{\"data\":{}}")
                        .status())
                .isEqualTo(400);
        assertThat(put(operator, "per_moon_limit", in(contract), 1).status()).isEqualTo(404);
        assertThat(put(operator, USERS, in(other), 1).status()).isEqualTo(404);
        assertThat(put(operator, USERS, other + "." + contract, 1).status()).isEqualTo(404);
        assertThat(put(operator, USERS, "x", 1).status()).isEqualTo(404);
        assertThat(put(operator, FLOWS_OF_WORKSPACE, in(contract, other), 1).status())
                .isEqualTo(404);
    }

    @Test
    void nobodyIsInvitedToAContractThatIsFull() {
        var owner = tenancy.person("Owner");
        var contract = tenancy.aContract(owner);
        set(USERS, in(contract), 1);
        var invite = """
                {"data":{"type":"contract-invite","attributes":{"email":"one-more@example.com","roles":["member"]}}}\
                """;

        assertThat(owner.client()
                        .post("/v2/contracts/" + contract + "/invites", invite)
                        .status())
                .isEqualTo(403);
        set(USERS, in(contract), 2);
        assertThat(owner.client()
                        .post("/v2/contracts/" + contract + "/invites", invite)
                        .status())
                .isEqualTo(201);
    }

    @Test
    void ofWorkspacesThatAreMadeAtOnceThereAreAsManyAsTheQuotaAllows() throws Exception {
        var owner = tenancy.person("Owner");
        var contract = tenancy.aContract(owner);
        tenancy.aWorkspace(owner, contract);
        set(FULL, in(contract), 4);

        var answers = atOnce(20, () -> owner.client().post("/v2/workspaces", workspaceIn(contract)));

        assertThat(answers.stream().filter(status -> status == 200)).hasSize(3);
        assertThat(answers.stream().filter(status -> status == 403)).hasSize(17);
        var refused = owner.client().post("/v2/workspaces", workspaceIn(contract));
        assertThat(refused.error()).isEqualTo("403 quota-exceeded");
        assertThat(refused.at("/errors/0/meta/quota").asString()).isEqualTo(FULL);
        assertThat(refused.at("/errors/0/meta/limit").asInt()).isEqualTo(4);
        var all =
                ids(owner.client().get("/v2/workspaces?contract_id=" + contract).json());
        assertThat(all).hasSize(4);

        assertThat(owner.client().delete("/v2/workspaces/" + all.getFirst()).status())
                .isEqualTo(204);
        assertThat(owner.client().post("/v2/workspaces", workspaceIn(contract)).status())
                .isEqualTo(200);
        assertThat(mongo().getCollection("place_reservations").countDocuments()).isZero();
    }

    @Test
    void anotherTypeTakesAPlaceOfThatType() {
        var owner = tenancy.person("Owner");
        var contract = tenancy.aContract(owner);
        var first = tenancy.aWorkspace(owner, contract);
        var second = tenancy.aWorkspace(owner, contract);
        set(LIMITED, in(contract), 1);

        assertThat(retype(first, "limited").status()).isEqualTo(200);
        assertThat(retype(second, "limited").error()).isEqualTo("403 quota-exceeded");
        assertThat(retype(first, "limited").status()).isEqualTo(200);
        assertThat(retype(first, "full").status()).isEqualTo(200);
        assertThat(retype(second, "limited").status()).isEqualTo(200);
    }

    private static Answer retype(String workspace, String type) {
        return tenancy.admin
                .client()
                .patch(
                        "/v2/workspaces/" + workspace,
                        "{\"data\":{\"type\":\"workspace\",\"attributes\":{\"type\":\"" + type + "\"}}}");
    }

    @Test
    void membersThatJoinAtOnceAreAsManyAsTheQuotaAllows() throws Exception {
        var contract = tenancy.aContract(tenancy.person("Owner"));
        set(USERS, in(contract), 3);
        var people = new ConcurrentLinkedQueue<Person>();
        for (var i = 0; i < 10; i++) {
            people.add(tenancy.person("Person"));
        }

        var answers = atOnce(10, () -> join(contract, people.remove()));

        assertThat(answers.stream().filter(status -> status == 201)).hasSize(2);
        assertThat(answers.stream().filter(status -> status == 403)).hasSize(8);
        set(USERS, in(contract), -1);
        assertThat(join(contract, tenancy.person("Late")).status()).isEqualTo(201);
    }

    private static Answer join(String contract, Person person) {
        return tenancy.admin
                .client()
                .post(
                        "/v2/contracts/" + contract + "/members",
                        member(person.id(), "member").replace("\"member\",\"id\"", "\"contract-member\",\"id\""));
    }

    @Test
    void otherServicesAreToldWhatHoldsForThem() throws Exception {
        var owner = tenancy.person("Owner");
        var contract = tenancy.aContract(owner);
        var workspace = tenancy.aWorkspace(owner, contract);
        var limited = tenancy.aWorkspace(owner, contract);
        retype(limited, "limited");
        set(FLOWS_OF_WORKSPACE, in(contract, "ANY"), 2);
        set("per_contract_flow_count_limit", in(contract), 5);

        var room = service.get("/internal/quotas/workspaces/" + workspace + "/flows");
        assertThat(room.at("/limits").findValuesAsString("field")).containsExactly("workspace", "contract");
        assertThat(room.at("/limits").findValuesAsString("limit")).containsExactly("2", "5");
        assertThat(room.at("/limits/1/uncounted/0").asString()).isEqualTo(limited);
        assertThat(service.get("/internal/quotas/workspaces/" + limited + "/flows")
                        .at("/limits"))
                .isEmpty();

        var of = "/internal/quotas/contracts/" + contract + "?queues=2000";
        assertThat(service.get(of).at("/queues").asInt()).isEqualTo(2000);
        assertThat(service.get(of).json().has("webhook_requests_per_minute")).isFalse();
        var heard = new ConcurrentLinkedQueue<String>();
        var listening = new CountDownLatch(1);
        var ear = tenancy.server
                .bean(InstanceQueue.class)
                .subscribe(event -> heard.add(event.subjectId()), listening::countDown, Fact.QUOTA_CHANGED);
        ear.start();
        try {
            assertThat(listening.await(20, SECONDS)).isTrue();
            set("per_contract_webhook_requests_per_minute_limit", in(contract), 60);
            await().until(() -> heard.contains(in(contract)));
        } finally {
            ear.stop();
        }
        set("per_contract_queue_count_limit", in(contract), 9);
        assertThat(service.get(of).at("/queues").asInt()).isEqualTo(9);
        assertThat(service.get(of).at("/webhook_requests_per_minute").asInt()).isEqualTo(60);
        set("per_contract_queue_count_limit", in(contract), 0);
        assertThat(service.get(of).json().has("queues")).isFalse();
    }

    @Test
    void whatWasSetForAWorkspaceGoesWithIt() {
        var owner = tenancy.person("Owner");
        var contract = tenancy.aContract(owner);
        var workspace = tenancy.aWorkspace(owner, contract);
        set(FLOWS_OF_WORKSPACE, in(contract, workspace), 2);

        assertThat(owner.client().delete("/v2/workspaces/" + workspace).status())
                .isEqualTo(204);

        await().until(() -> mongo().getCollection("quotas").countDocuments(new Document("ids", workspace)) == 0);
    }

    private static MongoTemplate mongo() {
        return tenancy.server.bean(MongoTemplate.class);
    }
}

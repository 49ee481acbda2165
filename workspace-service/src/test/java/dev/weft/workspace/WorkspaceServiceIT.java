package dev.weft.workspace;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.id.Ids;
import dev.weft.common.messaging.ConfirmedPublisher;
import dev.weft.common.messaging.DomainEvent;
import dev.weft.common.messaging.InstanceQueue;
import dev.weft.common.messaging.InstanceSubscription;
import dev.weft.common.messaging.Outbox;
import dev.weft.store.EmbeddedStore;
import dev.weft.workspace.WorkspaceServer.Client;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import tools.jackson.databind.JsonNode;

class WorkspaceServiceIT {

    private static final Ids IDS = new Ids();
    private static final String TENANT = IDS.next();
    private static final String WEBHOOK = IDS.next();

    private static EmbeddedStore store;
    private static Neighbours others;
    private static WorkspaceServer server;
    private static InstanceSubscription ear;
    private static final ConcurrentLinkedQueue<DomainEvent> heard = new ConcurrentLinkedQueue<>();

    private static Person admin;
    private static Person owner;
    private static String contract;
    private static String workspace;

    /** A user of the tenant and what they can ask. */
    private record Person(String id, Client client) {}

    @BeforeAll
    static void start() throws Exception {
        store = EmbeddedStore.inMemory();
        others = new Neighbours();
        server = new WorkspaceServer(store, others);
        ear = server.bean(InstanceQueue.class)
                .subscribe(
                        heard::add,
                        () -> {},
                        "access.changed",
                        "access.heartbeat",
                        "membership.changed",
                        "credential.*");
        ear.start();
        others.addComponent(WEBHOOK, "webhook", true, """
                {"auth": {"viewClass": "WebhookAuthView"}, "note": {"viewClass": "TextFieldView"}}""");
        admin = person("Admin", "tenant-admin");
        owner = person("Owner");
        contract = aContract(owner);
        workspace = aWorkspace(owner, contract);
        await().atMost(ofSeconds(10)).until(() -> hasHeard("access.heartbeat"));
    }

    @AfterAll
    static void stop() {
        ear.stop();
        server.close();
        others.close();
        store.close();
    }

    @Test
    void onlyAnAdminOfTheTenantOpensContracts() {
        assertThat(owner.client.post("/v2/contracts", contractNamed("Mine")).status())
                .isEqualTo(403);
        var wrong = admin.client.post("/v2/contracts", """
                {"data":{"type":"contract","attributes":{"name":"ab","available_roles":[{"scope":"x","role":"y"}]}}}""");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.at("/errors").size()).isEqualTo(2);

        var made = admin.client.post("/v2/contracts", """
                {"data":{"type":"contract","attributes":{"name":"Narrow",
                  "available_roles":[{"scope":"workspaces","role":"guest"}],"custom_data":{"a.b":{"$c":1}}}}}""");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.at("/data/attributes/available_roles").size()).isEqualTo(3);
        assertThat(made.at("/data/attributes/custom_data/a.b/$c").asInt()).isEqualTo(1);
        assertThat(admin.client
                        .get("/v2/contracts/" + made.id() + "/roles")
                        .at("/data/attributes/roles")
                        .size())
                .isEqualTo(3);
    }

    @Test
    void aContractIsSeenByItsMembersAndTheAdmin() {
        var path = "/v2/contracts/" + contract;

        assertThat(owner.client
                        .get(path + "?include=members")
                        .at("/included/0/attributes/email")
                        .asString())
                .isEqualTo("owner@example.com");
        assertThat(admin.client.get(path).status()).isEqualTo(200);
        assertThat(person("Outsider").client.get(path).status()).isEqualTo(403);
        assertThat(stranger().get(path).status()).isEqualTo(404);
        var list = owner.client.get("/v2/contracts");
        assertThat(list.at("/meta/total").asInt()).isEqualTo(1);
        assertThat(list.at("/data/0/id").asString()).isEqualTo(contract);
    }

    @Test
    void aRequestThatMixesFieldsNeedsAllTheirPermissions() {
        var path = "/v2/contracts/" + contract;

        var refused = owner.client.patch(path, """
                {"data":{"type":"contract","attributes":{"name":"Other","available_roles":[]}}}""");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(owner.client.get(path).at("/data/attributes/name").asString())
                .isEqualTo("Contract");
        assertThat(admin.client.patch(path, """
                                {"data":{"type":"contract","attributes":{
                                  "available_roles":[{"scope":"contracts","role":"member"}]}}}""").at("/errors/0/code").asString())
                .isEqualTo("in-use");
    }

    @Test
    void theLastOwnerStaysWhateverManyRequestsAtOnceDo() {
        var first = person("First");
        var second = person("Second");
        var id = aContract(first);
        join(id, second, "owner");

        var statuses = IntStream.range(0, 2)
                .parallel()
                .map(i -> admin.client
                        .delete("/v2/contracts/" + id + "/members/" + (i == 0 ? first.id : second.id))
                        .status())
                .sorted()
                .toArray();

        // Whoever is left alone is the only member, who may go too; but never do both go as owners of a larger
        // contract.
        assertThat(statuses[0]).isEqualTo(204);
        var left = admin.client.get("/v2/contracts/" + id + "/members").at("/data");
        left.forEach(member -> assertThat(texts(member.at("/attributes/roles"))).contains("owner"));
    }

    @Test
    void aMemberIsAddedChangedAndRemoved() {
        var guest = person("Guest");
        var members = "/v2/workspaces/" + workspace + "/members";

        assertThat(owner.client.post(members, member(guest.id, "guest")).status())
                .isEqualTo(400);
        join(contract, guest, "member");
        assertThat(owner.client.post(members, member(guest.id, "guest")).status())
                .isEqualTo(200);
        assertThat(owner.client.post(members, member(guest.id, "guest")).status())
                .isEqualTo(409);
        assertThat(guest.client
                        .get("/v2/members/" + owner.id)
                        .at("/data/attributes/first_name")
                        .asString())
                .isEqualTo("Owner");
        assertThat(owner.client
                        .patch(members + "/" + guest.id, member(guest.id, "king"))
                        .status())
                .isEqualTo(400);
        assertThat(admin.client
                        .patch(members + "/" + guest.id, member(guest.id, "integrator"))
                        .at("/data/attributes/roles/0")
                        .asString())
                .isEqualTo("integrator");
        assertThat(owner.client
                        .patch(members + "/" + owner.id, member(owner.id, "guest"))
                        .status())
                .isEqualTo(409);
        assertThat(guest.client.delete(members + "/" + owner.id).status()).isEqualTo(403);

        assertThat(owner.client.delete(members + "/" + guest.id).status()).isEqualTo(204);
        assertThat(owner.client.delete(members + "/" + guest.id).status()).isEqualTo(404);
        assertThat(guest.client.get("/v2/workspaces/" + workspace).status()).isEqualTo(403);
    }

    @Test
    void aChangeOfMembershipIsToldBeforeTheAnswer() {
        var late = person("Late");
        heard.clear();

        join(contract, late, "member");

        await().atMost(ofSeconds(2))
                .untilAsserted(() -> assertThat(heard)
                        .anySatisfy(event -> {
                            assertThat(event.type()).isEqualTo("access.changed");
                            assertThat(event.subjectId()).isEqualTo(TENANT);
                        })
                        .anySatisfy(event -> {
                            assertThat(event.type()).isEqualTo("membership.changed");
                            assertThat(event.payload()).containsEntry("user_id", late.id);
                        }));
        assertThat(server.bean(MongoTemplate.class)
                        .findById(contract, org.bson.Document.class, "contracts")
                        .getList("outbox", org.bson.Document.class))
                .isEmpty();
    }

    @Test
    void whoLeavesAContractLeavesItsWorkspaces() {
        var leaver = person("Leaver");
        join(contract, leaver, "member");
        var own = aWorkspace(leaver, contract);
        owner.client.post("/v2/workspaces/" + workspace + "/members", member(leaver.id, "integrator"));
        var mine = aCredential(leaver, workspace);
        var path = "/v2/contracts/" + contract + "/members/" + leaver.id;

        var refused = admin.client.delete(path);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.at("/errors/0/meta/workspace_ids/0").asString()).isEqualTo(own);
        assertThat(leaver.client.delete("/v2/workspaces/" + own).status()).isEqualTo(204);
        assertThat(leaver.client.get("/v2/workspaces/" + own).status()).isEqualTo(404);
        assertThat(admin.client.delete(path).status()).isEqualTo(204);

        await().atMost(ofSeconds(10))
                .until(() -> leaver.client.get("/v2/workspaces/" + workspace).status() == 403);
        await().atMost(ofSeconds(10))
                .until(() -> owner.client
                        .get("/v2/credentials/" + mine)
                        .at("/data/relationships/user/data/id")
                        .asString()
                        .equals(owner.id));
    }

    @Test
    void workspacesAreListedByMembershipOrByContract() {
        var builder = person("Builder");
        join(contract, builder, "member");
        var own = aWorkspace(builder, contract);

        assertThat(ids(builder.client.get("/v2/workspaces").json())).containsExactly(own);
        assertThat(ids(owner.client.get("/v2/workspaces").json())).doesNotContain(own);
        assertThat(ids(owner.client
                        .get("/v2/workspaces?contract_id=" + contract)
                        .json()))
                .contains(own, workspace);
        assertThat(owner.client.get("/v2/workspaces?contract_id=" + IDS.next()).status())
                .isEqualTo(404);
        assertThat(owner.client.get("/v2/workspaces?contract_id=x").status()).isEqualTo(400);
    }

    @Test
    void theTypeOfAWorkspaceHasItsOwnPermission() {
        var path = "/v2/workspaces/" + aWorkspace(owner, contract);
        var limited = """
                {"data":{"type":"workspace","attributes":{"type":"limited"}}}""";

        assertThat(owner.client.patch(path, limited).status()).isEqualTo(403);
        assertThat(admin.client.patch(path, limited).at("/data/attributes/type").asString())
                .isEqualTo("limited");
        assertThat(admin.client.patch(path, """
                {"data":{"type":"workspace","attributes":{"name":"Other"}}}""").status()).isEqualTo(403);
    }

    @Test
    void aNewTenantGetsAContractAndAWorkspaceOnce() {
        var tenant = IDS.next();
        var first = IDS.next();
        others.addUser(first, tenant, "First");
        var place = new Outbox.Place(tenant, null, null);
        var fact = server.bean(Outbox.class)
                .event("tenant.created", 1, place, tenant, null, Map.of("admin_user_id", first, "code", "new"));
        var boss = server.as(others.bearer("user", first, tenant, "tenant-admin"));

        server.bean(ConfirmedPublisher.class).publish(fact);
        server.bean(ConfirmedPublisher.class).publish(fact);

        await().atMost(ofSeconds(10))
                .until(() -> boss.get("/v2/workspaces").at("/meta/total").asInt() == 1);
        assertThat(boss.get("/v2/contracts").at("/meta/total").asInt()).isEqualTo(1);
        var home = boss.get("/v2/workspaces").at("/data/0/id").asString();
        assertThat(texts(boss.get("/internal/access/workspaces/" + home).at("/permissions")))
                .contains("workspaces.flow.edit", "contracts.repository.edit", "tenants.user.create");
    }

    @Test
    void aCredentialIsKeptSecret() {
        var guest = person("Reader");
        join(contract, guest, "member");
        owner.client.post("/v2/workspaces/" + workspace + "/members", member(guest.id, "guest"));
        var id = aCredential(owner, workspace);
        var path = "/v2/credentials/" + id;

        assertThat(owner.client
                        .get(path)
                        .at("/data/attributes/keys/auth/password")
                        .asString())
                .isEqualTo("hush");
        assertThat(guest.client
                        .get(path)
                        .at("/data/attributes/keys/auth/password")
                        .asString())
                .isEqualTo("******");
        assertThat(guest.client.delete(path).status()).isEqualTo(403);
        assertThat(server.bean(MongoTemplate.class)
                        .findById(id, org.bson.Document.class, "credentials")
                        .toJson())
                .doesNotContain("hush");

        var changed = owner.client.patch(path, """
                {"data":{"type":"credential","id":"%s","attributes":{"keys":
                  {"auth":{"type":"basic","username":"new","password":"******"}}}}}""".formatted(id));

        assertThat(changed.at("/data/attributes/keys/auth/password").asString()).isEqualTo("hush");
        assertThat(changed.at("/data/attributes/keys/auth/username").asString()).isEqualTo("new");
        assertThat(owner.client.patch(path, """
                {"data":{"type":"credential","id":"%s","attributes":{"keys":{"note":5}}}}""".formatted(id)).status()).isEqualTo(400);
    }

    @Test
    void servicesAreHandedTheValuesAndNobodyElse() {
        var id = aCredential(owner, workspace);
        var service = server.as(others.bearer("service", "execution-service", null));

        var handed = service.get("/internal/credentials/" + id);

        assertThat(handed.at("/keys/auth/password").asString()).isEqualTo("hush");
        assertThat(handed.at("/workspace_id").asString()).isEqualTo(workspace);
        assertThat(owner.client.get("/internal/credentials/" + id).status()).isEqualTo(403);
        var reference = "/internal/credentials/" + id + "/reference?workspace=";
        assertThat(owner.client.get(reference + workspace).at("/component_id").asString())
                .isEqualTo(WEBHOOK);
        assertThat(owner.client.get(reference + IDS.next()).status()).isEqualTo(404);
    }

    @Test
    void aCredentialInUseIsNotDeleted() {
        var id = aCredential(owner, workspace);
        var flow = IDS.next();

        others.useCredential(id, List.of(flow));
        var refused = owner.client.delete("/v2/credentials/" + id);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.at("/errors/0/meta/flow_ids/0").asString()).isEqualTo(flow);

        others.useCredential(id, List.of());
        assertThat(owner.client.delete("/v2/credentials/" + id).status()).isEqualTo(204);
        assertThat(owner.client.get("/v2/credentials/" + id).status()).isEqualTo(404);
        await().atMost(ofSeconds(5))
                .until(() -> heard.stream()
                        .anyMatch(event -> event.type().equals("credential.deleted")
                                && event.subjectId().equals(id)));
    }

    @Test
    void nothingIsWrittenInASuspendedContract() {
        var boss = person("Boss");
        var id = aContract(boss);
        var path = "/v2/contracts/" + id;

        assertThat(boss.client.post(path + "/suspend", null).status()).isEqualTo(403);
        assertThat(admin.client.post(path + "/suspend", null).status()).isEqualTo(202);
        assertThat(boss.client.get(path).at("/data/attributes/status").asString())
                .isEqualTo("suspending");
        assertThat(boss.client
                        .post("/v2/workspaces", workspaceIn(id))
                        .at("/errors/0/code")
                        .asString())
                .isEqualTo("contract-suspended");

        var place = new Outbox.Place(TENANT, id, null);
        server.bean(ConfirmedPublisher.class)
                .publish(server.bean(Outbox.class).event("flows.stopped-for-contract", 1, place, id, null, Map.of()));
        await().atMost(ofSeconds(10))
                .until(() -> boss.client
                        .get(path)
                        .at("/data/attributes/status")
                        .asString()
                        .equals("suspended"));
        assertThat(admin.client.post(path + "/unsuspend", null).status()).isEqualTo(204);
        assertThat(boss.client.post("/v2/workspaces", workspaceIn(id)).status()).isEqualTo(200);
    }

    @Test
    void aServiceAccountNamesTheTenantAndOwnsNothing() {
        var account = server.as(others.bearer("service-account", "account", null));

        assertThat(account.post("/v2/contracts", contractNamed("Whose")).status())
                .isEqualTo(400);
        var made = account.post("/v2/contracts", """
                {"data":{"type":"contract","attributes":{"name":"Whose"},
                  "relationships":{"tenant":{"data":{"type":"tenant","id":"%s"}}}}}""".formatted(TENANT));
        assertThat(made.status()).isEqualTo(201);
        assertThat(account.post("/v2/workspaces", workspaceIn(made.id())).status())
                .isEqualTo(403);
        assertThat(ids(account.get("/v2/contracts?tenant_id=" + TENANT).json())).contains(contract, made.id());
        assertThat(account.get("/v2/contracts?tenant_id=" + IDS.next())
                        .at("/meta/total")
                        .asInt())
                .isZero();
    }

    @Test
    void otherServicesAskAboutWorkspacesAndUsers() {
        var colleague = person("Colleague");
        join(contract, colleague, "member");

        var summary = owner.client.get("/internal/workspaces/" + workspace);

        assertThat(summary.at("/contract_id").asString()).isEqualTo(contract);
        assertThat(summary.at("/flow_stats_enabled_default").asBoolean()).isTrue();
        assertThat(stranger().get("/internal/workspaces/" + workspace).status()).isEqualTo(404);
        var shared = "/internal/contracts/shared?user=" + owner.id + "&other=";
        assertThat(owner.client.get(shared + colleague.id).at("/shared").asBoolean())
                .isTrue();
        assertThat(owner.client.get(shared + IDS.next()).at("/shared").asBoolean())
                .isFalse();
    }

    private static Person person(String name, String... tenantRoles) {
        var id = IDS.next();
        others.addUser(id, TENANT, name);
        return new Person(id, server.as(others.bearer("user", id, TENANT, tenantRoles)));
    }

    private static Client stranger() {
        return server.as(others.bearer("user", IDS.next(), IDS.next(), "tenant-admin"));
    }

    private static String aContract(Person owner) {
        var id = admin.client.post("/v2/contracts", contractNamed("Contract")).id();
        join(id, owner, "owner");
        return id;
    }

    private static void join(String contractId, Person person, String role) {
        var answer = admin.client.post(
                "/v2/contracts/" + contractId + "/members",
                member(person.id, role).replace("\"member\",\"id\"", "\"contract-member\",\"id\""));
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(201);
    }

    private static String aWorkspace(Person owner, String contractId) {
        var answer = owner.client.post("/v2/workspaces", workspaceIn(contractId));
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        return answer.id();
    }

    private static String aCredential(Person owner, String workspaceId) {
        var answer = owner.client.post("/v2/credentials", """
                {"data":{"type":"credential","attributes":{"keys":
                   {"auth":{"type":"basic","username":"u","password":"hush"}}},
                 "relationships":{"component":{"data":{"type":"component","id":"%s"}},
                   "workspace":{"data":{"type":"workspace","id":"%s"}}}}}""".formatted(WEBHOOK, workspaceId));
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(201);
        return answer.id();
    }

    private static String contractNamed(String name) {
        return "{\"data\":{\"type\":\"contract\",\"attributes\":{\"name\":\"" + name + "\"}}}";
    }

    private static String workspaceIn(String contractId) {
        return """
                {"data":{"type":"workspace","attributes":{"name":"Workspace"},
                  "relationships":{"contract":{"data":{"type":"contract","id":"%s"}}}}}""".formatted(contractId);
    }

    private static String member(String id, String role) {
        return "{\"data\":{\"type\":\"member\",\"id\":\"" + id + "\",\"attributes\":{\"roles\":[\"" + role + "\"]}}}";
    }

    private static List<String> ids(JsonNode list) {
        return list.path("data")
                .valueStream()
                .map(item -> item.path("id").asString())
                .toList();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    private static boolean hasHeard(String type) {
        return heard.stream().anyMatch(event -> event.type().equals(type));
    }
}

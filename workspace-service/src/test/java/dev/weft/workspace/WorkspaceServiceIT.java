package dev.weft.workspace;

import static dev.weft.workspace.Tenancy.contractNamed;
import static dev.weft.workspace.Tenancy.ids;
import static dev.weft.workspace.Tenancy.member;
import static dev.weft.workspace.Tenancy.texts;
import static dev.weft.workspace.Tenancy.workspaceIn;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.id.Ids;
import dev.weft.common.messaging.ConfirmedPublisher;
import dev.weft.common.messaging.InstanceQueue;
import dev.weft.common.messaging.InstanceSubscription;
import dev.weft.common.outbox.Outbox;
import dev.weft.common.service.StartedService;
import dev.weft.common.service.StartedService.Answer;
import dev.weft.store.EmbeddedStore;
import dev.weft.workspace.Tenancy.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Update;

class WorkspaceServiceIT {

    private static final Ids IDS = new Ids();

    private static EmbeddedStore store;
    private static Tenancy tenancy;
    private static Neighbours others;
    private static StartedService server;
    private static InstanceSubscription ear;
    private static final ConcurrentLinkedQueue<DomainEvent> heard = new ConcurrentLinkedQueue<>();

    private static Person admin;
    private static Person owner;
    private static String contract;
    private static String workspace;

    @BeforeAll
    static void start() throws Exception {
        store = EmbeddedStore.inMemory();
        tenancy = new Tenancy(store);
        others = tenancy.others;
        server = tenancy.server;
        admin = tenancy.admin;
        ear = server.bean(InstanceQueue.class).subscribe(heard::add, () -> {}, Fact.values());
        ear.start();
        owner = tenancy.person("Owner");
        contract = tenancy.aContract(owner);
        workspace = tenancy.aWorkspace(owner, contract);
        await().atMost(ofSeconds(30)).until(() -> hasHeard("access.heartbeat"));
    }

    @AfterAll
    static void stop() {
        ear.stop();
        tenancy.close();
        store.close();
    }

    @Test
    void onlyAnAdminOfTheTenantOpensContracts() {
        assertThat(owner.client().post("/v2/contracts", contractNamed("Mine")).status())
                .isEqualTo(403);
        var wrong = admin.client().post("/v2/contracts", """
            {"data":{"type":"contract","attributes":{"name":"ab","available_roles":[{"scope":"x","role":"y"}]}}}\
            """);
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.at("/errors").size()).isEqualTo(2);

        assertThat(admin.client()
                        .post("/v2/contracts", """
                            {"data":{"type":"contract","attributes":{"name":"Narrow"},"relationships":{
                              "tenant":{"data":{"type":"user","id":"%s"}}}}}\
                            """.formatted(tenancy.id))
                        .status())
                .isEqualTo(409);

        var made = admin.client().post("/v2/contracts", """
            {"data":{"type":"contract","attributes":{"name":"Narrow",
              "available_roles":[{"scope":"workspaces","role":"guest"}],"custom_data":{"a.b":{"$c":1}}}}}\
            """);

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.at("/data/attributes/available_roles").size()).isEqualTo(3);
        assertThat(made.at("/data/attributes/custom_data/a.b/$c").asInt()).isEqualTo(1);
        assertThat(admin.client()
                        .get("/v2/contracts/" + made.id() + "/roles")
                        .at("/data/attributes/roles")
                        .size())
                .isEqualTo(3);
    }

    @Test
    void aContractIsSeenByItsMembersAndTheAdmin() {
        var path = "/v2/contracts/" + contract;

        assertThat(owner.client()
                        .get(path + "?include=members")
                        .at("/included/0/attributes/email")
                        .asString())
                .isEqualTo("owner@example.com");
        assertThat(admin.client().get(path).status()).isEqualTo(200);
        assertThat(tenancy.person("Outsider").client().get(path).status()).isEqualTo(403);
        assertThat(tenancy.stranger().get(path).status()).isEqualTo(404);
        var list = owner.client().get("/v2/contracts");
        assertThat(list.at("/meta/total").asInt()).isEqualTo(1);
        assertThat(list.at("/data/0/id").asString()).isEqualTo(contract);
    }

    @Test
    void invitesAreShownWithASingleResourceAlsoWhenThereAreNone() {
        for (var path : List.of("/v2/contracts/" + contract, "/v2/workspaces/" + workspace)) {
            var invites = owner.client().get(path).at("/data/relationships/invites");
            assertThat(invites.at("/data").isArray()).isTrue();
            assertThat(invites.at("/data")).isEmpty();
            assertThat(invites.at("/links/self").asString()).isEqualTo(path + "/invites/");
            assertThat(owner.client().get(path + "/invites").at("/data")).isEmpty();
            var included = owner.client().get(path + "?include=members,invites");
            assertThat(included.at("/included")).isNotEmpty();
            assertThat(included.at("/links/self").asString()).isEqualTo(path);
            var list = path.substring(0, path.lastIndexOf('/'));
            assertThat(owner.client()
                            .get(list)
                            .at("/data/0/relationships/invites")
                            .isMissingNode())
                    .isTrue();
        }
    }

    @Test
    void anIdOfAnotherTenantsResourceIsNotTaken() {
        var others = tenancy.stranger();
        var elsewhere = others.post("/v2/contracts", contractNamed("Elsewhere")).id();
        var wish = """
            {"data":{"type":"contract","id":"%s","attributes":{"name":"Wish"}}}\
            """;

        assertThat(admin.client()
                        .post("/v2/contracts", wish.formatted(contract))
                        .status())
                .isEqualTo(409);
        assertThat(admin.client()
                        .post("/v2/contracts", wish.formatted(elsewhere))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aCredentialIsRefusedWithAllFaultsOfItsValuesBeforeConflicts() {
        var wish = """
            {"data":{"type":"%s","id":"%s","attributes":{"name":"","keys":{"note":5}},"relationships":{
              %s"workspace":{"data":{"type":"workspace","id":"%s"}}}}}\
            """;
        var component = "\"component\":{\"data\":{\"type\":\"%s\",\"id\":\"%s\"}},";
        var existing = tenancy.aCredential(owner, workspace);

        var without = owner.client().post("/v2/credentials", wish.formatted("secret", existing, "", workspace));
        assertThat(without.status()).isEqualTo(400);
        assertThat(pointers(without))
                .containsExactlyInAnyOrder("/data/attributes/name", "/data/relationships/component");

        var misnamed = wish.formatted("secret", existing, component.formatted("flow", "x"), workspace);
        assertThat(pointers(owner.client().post("/v2/credentials", misnamed)))
                .containsExactlyInAnyOrder("/data/attributes/name", "/data/relationships/component");

        var whole = wish.formatted("secret", existing, component.formatted("flow", tenancy.webhook), workspace);
        var faulty = owner.client().post("/v2/credentials", whole);
        assertThat(faulty.status()).isEqualTo(400);
        assertThat(pointers(faulty)).containsExactlyInAnyOrder("/data/attributes/name", "/data/attributes/keys/note");

        var unknown = wish.formatted("secret", existing, component.formatted("flow", IDS.next()), workspace);
        var conflicting = owner.client().post("/v2/credentials", unknown.replace("\"name\":\"\",", ""));
        assertThat(conflicting.status()).as("before the unknown component").isEqualTo(409);
        assertThat(pointers(conflicting))
                .containsExactlyInAnyOrder("/data/type", "/data/id", "/data/relationships/component/data/type");

        var changed = owner.client().patch("/v2/credentials/" + existing, whole.replace(existing, IDS.next()));
        assertThat(changed.status()).isEqualTo(400);
        assertThat(pointers(changed)).containsExactlyInAnyOrder("/data/attributes/name", "/data/attributes/keys/note");
    }

    @Test
    void aContractIsRefusedForItsSupportUserTogetherWithItsOtherFaultsAndBeforeConflicts() {
        var refused = admin.client().post("/v2/contracts", """
            {"data":{"type":"team","attributes":{"name":"","support_user_id":"%s"}}}\
            """.formatted(IDS.next()));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(pointers(refused))
                .containsExactlyInAnyOrder("/data/attributes/name", "/data/attributes/support_user_id");
    }

    private static List<String> pointers(Answer answer) {
        return answer.json()
                .path("errors")
                .valueStream()
                .map(error -> error.at("/source/pointer").asString(""))
                .toList();
    }

    @Test
    void anIdOfAnotherTenantsCredentialIsNotTaken() {
        var wish = """
            {"data":{"type":"credential","id":"%s","relationships":{
              "component":{"data":{"type":"component","id":"%s"}},
              "workspace":{"data":{"type":"workspace","id":"%s"}}}}}\
            """;
        var mine = tenancy.aCredential(owner, workspace);
        var elsewhere = tenancy.aCredential(owner, workspace);
        var store = server.bean(MongoTemplate.class);
        var which = query(where("_id").is(elsewhere));
        store.updateFirst(which, Update.update("tenant", IDS.next()), "credentials");

        assertThat(owner.client()
                        .post("/v2/credentials", wish.formatted(mine, tenancy.webhook, workspace))
                        .status())
                .isEqualTo(409);
        assertThat(owner.client()
                        .post("/v2/credentials", wish.formatted(elsewhere, tenancy.webhook, workspace))
                        .status())
                .isEqualTo(403);
        store.remove(which, "credentials");
    }

    @Test
    void aRoleThatIsDroppedMeanwhileIsNotGiven() {
        var boss = tenancy.person("Boss");
        var id = tenancy.aContract(boss);
        var late = tenancy.person("Late");

        others.meanwhile(() -> assertThat(
                        admin.client().patch("/v2/contracts/" + id, """
                            {"data":{"type":"contract","attributes":{
                              "available_roles":[{"scope":"contracts","role":"admin"}]}}}\
                            """).status())
                .isEqualTo(200));
        var refused = admin.client().post("/v2/contracts/" + id + "/members", """
            {"data":{"type":"contract-member","id":"%s","attributes":{"roles":["member"]}}}\
            """.formatted(late.id()));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/errors/0/source/pointer").asString()).isEqualTo("/data/attributes/roles");
        assertThat(ids(boss.client().get("/v2/contracts/" + id + "/members").json()))
                .containsExactly(boss.id());
    }

    @Test
    void everyFaultOfAMembersDocumentIsReported() {
        var wrong = admin.client().post("/v2/contracts/" + contract + "/members", """
            {"data":{"type":"contract-member","id":"x","attributes":{"roles":["king"]}}}\
            """);

        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.at("/errors")
                        .valueStream()
                        .map(error -> error.at("/source/pointer").asString()))
                .containsExactlyInAnyOrder("/data/id", "/data/attributes/roles");
        assertThat(owner.client()
                        .patch("/v2/contracts/" + contract + "/members/" + owner.id(), """
                            {"data":{"type":"contract-member","attributes":{"roles":["owner"]}}}\
                            """)
                        .at("/errors/0/source/pointer")
                        .asString())
                .isEqualTo("/data/id");
        assertThat(owner.client()
                        .patch("/v2/contracts/" + contract + "/members/" + IDS.next(), member(owner.id(), "owner"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aRequestThatMixesFieldsNeedsAllTheirPermissions() {
        var path = "/v2/contracts/" + contract;

        var refused = owner.client().patch(path, """
            {"data":{"type":"contract","attributes":{"name":"Other","available_roles":[]}}}\
            """);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(owner.client().get(path).at("/data/attributes/name").asString())
                .isEqualTo("Contract");
        assertThat(admin.client().patch(path, """
            {"data":{"type":"contract","attributes":{
              "available_roles":[{"scope":"contracts","role":"member"}]}}}\
            """).at("/errors/0/code").asString())
                .isEqualTo("in-use");
    }

    @Test
    void theLastOwnerStaysWhateverManyRequestsAtOnceDo() {
        var first = tenancy.person("First");
        var second = tenancy.person("Second");
        var id = tenancy.aContract(first);
        tenancy.join(id, second, "owner");

        var statuses = IntStream.range(0, 2)
                .parallel()
                .map(i -> admin.client()
                        .delete("/v2/contracts/" + id + "/members/" + (i == 0 ? first.id() : second.id()))
                        .status())
                .sorted()
                .toArray();

        // Whoever is left alone is the only member, who may go too; but never do both go as owners of a larger
        // contract.
        assertThat(statuses[0]).isEqualTo(204);
        var left = admin.client().get("/v2/contracts/" + id + "/members").at("/data");
        left.forEach(member -> assertThat(texts(member.at("/attributes/roles"))).contains("owner"));
    }

    @Test
    void aMemberIsAddedChangedAndRemoved() {
        var guest = tenancy.person("Guest");
        var members = "/v2/workspaces/" + workspace + "/members";

        assertThat(owner.client().post(members, member(guest.id(), "guest")).status())
                .isEqualTo(400);
        tenancy.join(contract, guest, "member");
        assertThat(owner.client().post(members, member(guest.id(), "guest")).status())
                .isEqualTo(200);
        assertThat(owner.client().post(members, member(guest.id(), "guest")).status())
                .isEqualTo(409);
        assertThat(guest.client()
                        .get("/v2/members/" + owner.id())
                        .at("/data/attributes/first_name")
                        .asString())
                .isEqualTo("Owner");
        assertThat(owner.client()
                        .patch(members + "/" + guest.id(), member(guest.id(), "king"))
                        .status())
                .isEqualTo(400);
        assertThat(admin.client()
                        .patch(members + "/" + guest.id(), member(guest.id(), "integrator"))
                        .at("/data/attributes/roles/0")
                        .asString())
                .isEqualTo("integrator");
        assertThat(owner.client()
                        .patch(members + "/" + owner.id(), member(owner.id(), "guest"))
                        .status())
                .isEqualTo(409);
        assertThat(guest.client().delete(members + "/" + owner.id()).status()).isEqualTo(403);

        assertThat(owner.client().delete(members + "/" + guest.id()).status()).isEqualTo(204);
        assertThat(owner.client().delete(members + "/" + guest.id()).status()).isEqualTo(404);
        assertThat(guest.client().get("/v2/workspaces/" + workspace).status()).isEqualTo(403);
    }

    @Test
    void onlyAnOwnerGivesAndTakesTheRoleOwner() {
        var manager = tenancy.person("Manager");
        var friend = tenancy.person("Friend");
        tenancy.join(contract, manager, "member");
        tenancy.join(contract, friend, "member");
        tenancy.enter(workspace, manager, "admin");
        var members = "/v2/workspaces/" + workspace + "/members";

        assertThat(manager.client()
                        .patch(members + "/" + manager.id(), member(manager.id(), "owner"))
                        .status())
                .isEqualTo(403);
        assertThat(manager.client().post(members, member(friend.id(), "owner")).status())
                .isEqualTo(403);
        assertThat(manager.client()
                        .patch(members + "/" + owner.id(), member(owner.id(), "guest"))
                        .status())
                .isEqualTo(403);
        assertThat(manager.client().delete(members + "/" + owner.id()).status()).isEqualTo(403);

        assertThat(manager.client().post(members, member(friend.id(), "guest")).status())
                .isEqualTo(200);
        assertThat(owner.client()
                        .patch(members + "/" + friend.id(), member(friend.id(), "owner"))
                        .status())
                .isEqualTo(200);
        assertThat(admin.client()
                        .patch(members + "/" + friend.id(), member(friend.id(), "guest"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anAdminOfAContractDoesNotMakeItselfOwner() {
        var manager = tenancy.person("Manager");
        tenancy.join(contract, manager, "admin");

        assertThat(statusOf(manager, manager, "owner")).isEqualTo(403);
        assertThat(statusOf(manager, owner, "member")).isEqualTo(403);
        assertThat(manager.client()
                        .delete("/v2/contracts/" + contract + "/members/" + owner.id())
                        .status())
                .isEqualTo(403);
        assertThat(statusOf(owner, manager, "owner")).isEqualTo(200);
        assertThat(statusOf(manager, manager, "member")).isEqualTo(200);
    }

    /** What one person is answered who gives another a role in the contract. */
    private static int statusOf(Person caller, Person member, String role) {
        return caller.client()
                .patch(
                        "/v2/contracts/" + contract + "/members/" + member.id(),
                        member(member.id(), role).replace("\"member\",\"id\"", "\"contract-member\",\"id\""))
                .status();
    }

    @Test
    void aChangeOfMembershipIsToldBeforeTheAnswer() {
        var late = tenancy.person("Late");
        heard.clear();

        tenancy.join(contract, late, "member");

        await().atMost(ofSeconds(30))
                .untilAsserted(() -> assertThat(heard)
                        .anySatisfy(event -> {
                            assertThat(event.type()).isEqualTo("access.changed");
                            assertThat(event.subjectId()).isEqualTo(tenancy.id);
                        })
                        .anySatisfy(event -> {
                            assertThat(event.type()).isEqualTo("membership.changed");
                            assertThat(event.payload()).containsEntry("user_id", late.id());
                        }));
        assertThat(server.bean(MongoTemplate.class)
                        .findById(contract, org.bson.Document.class, "contracts")
                        .getList("outbox", org.bson.Document.class))
                .isEmpty();
    }

    @Test
    void whoLeavesAContractLeavesItsWorkspaces() {
        var leaver = tenancy.person("Leaver");
        tenancy.join(contract, leaver, "member");
        var own = tenancy.aWorkspace(leaver, contract);
        owner.client().post("/v2/workspaces/" + workspace + "/members", member(leaver.id(), "integrator"));
        var mine = tenancy.aCredential(leaver, workspace);
        var path = "/v2/contracts/" + contract + "/members/" + leaver.id();

        var refused = admin.client().delete(path);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.at("/errors/0/meta/workspace_ids/0").asString()).isEqualTo(own);
        assertThat(leaver.client().delete("/v2/workspaces/" + own).status()).isEqualTo(204);
        assertThat(leaver.client().get("/v2/workspaces/" + own).status()).isEqualTo(404);
        assertThat(admin.client().delete(path).status()).isEqualTo(204);

        await().atMost(ofSeconds(30))
                .until(() -> leaver.client().get("/v2/workspaces/" + workspace).status() == 403);
        await().atMost(ofSeconds(30))
                .until(() -> owner.client()
                        .get("/v2/credentials/" + mine)
                        .at("/data/relationships/user/data/id")
                        .asString()
                        .equals(owner.id()));
    }

    @Test
    void whoLeavesTheContractMeanwhileIsInNoneOfItsWorkspaces() {
        var leaver = tenancy.person("Leaver");
        tenancy.join(contract, leaver, "member");

        others.meanwhile(() -> leave(leaver));
        var refused = owner.client().post("/v2/workspaces/" + workspace + "/members", member(leaver.id(), "guest"));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/errors/0/source/pointer").asString()).isEqualTo("/data/id");
        assertThat(ids(owner.client()
                        .get("/v2/workspaces/" + workspace + "/members")
                        .json()))
                .doesNotContain(leaver.id());

        tenancy.join(contract, leaver, "member");
        others.meanwhile(() -> leave(leaver));
        assertThat(leaver.client().post("/v2/workspaces", workspaceIn(contract)).status())
                .isEqualTo(403);
        assertThat(leaver.client().get("/v2/workspaces").at("/meta/total").asInt())
                .isZero();
    }

    private static void leave(Person leaver) {
        assertThat(admin.client()
                        .delete("/v2/contracts/" + contract + "/members/" + leaver.id())
                        .status())
                .isEqualTo(204);
    }

    @Test
    void workspacesAreListedByMembershipOrByContract() {
        var builder = tenancy.person("Builder");
        tenancy.join(contract, builder, "member");
        var own = tenancy.aWorkspace(builder, contract);

        assertThat(ids(builder.client().get("/v2/workspaces").json())).containsExactly(own);
        assertThat(ids(owner.client().get("/v2/workspaces").json())).doesNotContain(own);
        assertThat(ids(owner.client()
                        .get("/v2/workspaces?contract_id=" + contract)
                        .json()))
                .contains(own, workspace);
        assertThat(owner.client()
                        .get("/v2/workspaces?contract_id=" + IDS.next())
                        .status())
                .isEqualTo(404);
        assertThat(owner.client().get("/v2/workspaces?contract_id=x").status()).isEqualTo(400);
    }

    @Test
    void theTypeOfAWorkspaceHasItsOwnPermission() {
        var path = "/v2/workspaces/" + tenancy.aWorkspace(owner, contract);
        var limited = """
            {"data":{"type":"workspace","attributes":{"type":"limited"}}}\
            """;

        assertThat(owner.client().patch(path, limited).status()).isEqualTo(403);
        assertThat(admin.client()
                        .patch(path, limited)
                        .at("/data/attributes/type")
                        .asString())
                .isEqualTo("limited");
        assertThat(admin.client().patch(path, """
            {"data":{"type":"workspace","attributes":{"name":"Other"}}}\
            """).status()).isEqualTo(403);
    }

    @Test
    void aNewTenantGetsAContractAndAWorkspaceOnce() {
        var tenant = IDS.next();
        var first = IDS.next();
        others.addUser(first, tenant, "First");
        var place = new Outbox.Place(tenant, null, null);
        var fact = server.bean(Outbox.class)
                .event(Fact.TENANT_CREATED, 1, place, tenant, null, Map.of("admin_user_id", first, "code", "new"));
        var boss = server.as(others.bearer("user", first, tenant, "tenant-admin"));

        server.bean(ConfirmedPublisher.class).publish(fact);
        server.bean(ConfirmedPublisher.class).publish(fact);

        await().atMost(ofSeconds(30))
                .until(() -> boss.get("/v2/workspaces").at("/meta/total").asInt() == 1);
        assertThat(boss.get("/v2/contracts").at("/meta/total").asInt()).isEqualTo(1);
        var home = boss.get("/v2/workspaces").at("/data/0/id").asString();
        assertThat(texts(boss.get("/internal/access/workspaces/" + home).at("/permissions")))
                .contains("workspaces.flow.edit", "contracts.repository.edit", "tenants.user.create");
    }

    @Test
    void aCredentialIsKeptSecret() {
        var guest = tenancy.person("Reader");
        tenancy.join(contract, guest, "member");
        owner.client().post("/v2/workspaces/" + workspace + "/members", member(guest.id(), "guest"));
        var id = tenancy.aCredential(owner, workspace);
        var path = "/v2/credentials/" + id;

        assertThat(owner.client()
                        .get(path)
                        .at("/data/attributes/keys/auth/password")
                        .asString())
                .isEqualTo("hush");
        assertThat(guest.client()
                        .get(path)
                        .at("/data/attributes/keys/auth/password")
                        .asString())
                .isEqualTo("******");
        assertThat(guest.client().delete(path).status()).isEqualTo(403);
        assertThat(server.bean(MongoTemplate.class)
                        .findById(id, org.bson.Document.class, "credentials")
                        .toJson())
                .doesNotContain("hush");

        var changed = owner.client().patch(path, """
            {"data":{"type":"credential","id":"%s","attributes":{"keys":
              {"auth":{"type":"basic","username":"new","password":"******"}}}}}\
            """.formatted(id));

        assertThat(changed.at("/data/attributes/keys/auth/password").asString()).isEqualTo("hush");
        assertThat(changed.at("/data/attributes/keys/auth/username").asString()).isEqualTo("new");
        assertThat(owner.client().patch(path, """
            {"data":{"type":"credential","id":"%s","attributes":{"keys":{"note":5}}}}\
            """.formatted(id)).status()).isEqualTo(400);
    }

    @Test
    void aListOfLargeCredentialsEndsEarlierAndItsLinksLeadToTheRest() {
        var place = tenancy.aWorkspace(owner, contract);
        var made = new ArrayList<String>();
        var large = """
            {"data":{"type":"credential","attributes":{"keys":{"text":"%s"}},
             "relationships":{"component":{"data":{"type":"component","id":"%s"}},
               "workspace":{"data":{"type":"workspace","id":"%s"}}}}}\
            """.formatted("x".repeat(60_000), tenancy.webhook, place);
        for (var i = 0; i < 35; i++) {
            made.add(owner.client().post("/v2/credentials", large).id());
        }

        var found = new ArrayList<String>();
        var pages = 0;
        for (var next = "/v2/credentials?workspace_id=" + place; next != null; pages++) {
            var page = owner.client().get(next);
            found.addAll(ids(page.json()));
            next = page.at("/links/next").asString(null);
        }
        assertThat(found).containsExactlyElementsOf(made);
        assertThat(pages).isBetween(2, 5);
    }

    /** Source: api-v2 8.3 and 11.5. What is left of it opens no door ({@code DoorAuthTest}). */
    @Test
    void theDoorOfALiveCredentialIsNotTakenOutOfItByAChange() {
        var id = tenancy.aCredential(owner, workspace);
        var path = "/v2/credentials/" + id;
        var change = """
                {"data":{"type":"credential","id":"%s","attributes":{"keys":%s}}}""";
        owner.client().patch(path, change.formatted(id, """
                {"auth":{"type":"hmac","hmacSecret":"hush"}}"""));

        for (var auth : List.of(
                "{}",
                "null",
                "[]",
                "\"no_auth\"",
                "{\"type\":\"none\"}",
                "{\"type\":\"hmac\"}",
                "{\"type\":\"hmac\",\"hmacSecret\":\"\"}",
                "{\"type\":\"hmac\",\"hmacsecret\":\"x\"}",
                "{\"hmacSecret\":\"x\"}")) {
            var refused = owner.client().patch(path, change.formatted(id, "{\"auth\":" + auth + "}"));
            assertThat(refused.status()).as(auth).isEqualTo(400);
            assertThat(refused.at("/errors/0/source/pointer").asString()).isEqualTo("/data/attributes/keys/auth");
        }
        assertThat(owner.client().get(path).at("/data/attributes/keys").toString())
                .isEqualTo("{\"auth\":{\"type\":\"hmac\",\"hmacSecret\":\"hush\"}}");

        // Keys are replaced entirely, and what is missing is asked for at a start: no flow starts with it.
        assertThat(owner.client().patch(path, change.formatted(id, "{}")).status())
                .isEqualTo(200);
        var lacks = owner.client()
                .post(
                        "/internal/credentials/readiness",
                        "{\"workspace\":\"%s\",\"ids\":[\"%s\"]}".formatted(workspace, id));
        assertThat(texts(lacks.at("/" + id))).containsExactly("auth is missing.");
    }

    /** As they are with many members, or large data of a client. */
    private static void whileTheyAreLarge(String collection, List<String> ids, Runnable then) {
        var mongo = server.bean(MongoTemplate.class);
        var which = query(where("_id").in(ids));
        mongo.updateMulti(which, Update.update("padding", "x".repeat(600_000)), collection);
        then.run();
        // Lists of others have them too.
        mongo.updateMulti(which, new Update().unset("padding"), collection);
    }

    private static void assertPages(Person reader, String list, List<String> all) {
        var found = new ArrayList<String>();
        var sizes = new ArrayList<Integer>();
        for (var next = list; next != null; ) {
            var page = reader.client().get(next);
            assertThat(page.at("/meta/total").asInt()).isEqualTo(all.size());
            sizes.add(page.at("/data").size());
            found.addAll(ids(page.json()));
            next = page.at("/links/next").asString(null);
        }
        assertThat(found).containsExactlyElementsOf(all);
        assertThat(sizes).as("three of them are all that a page may have").containsExactly(3, 2);
    }

    @Test
    void aListOfLargeContractsEndsEarlierAndItsLinksLeadToTheRest() {
        var collector = tenancy.person("Collector");
        var made = IntStream.range(0, 5)
                .mapToObj(_ -> tenancy.aContract(collector))
                .toList();

        whileTheyAreLarge("contracts", made, () -> {
            assertPages(collector, "/v2/contracts", made);
            assertPages(collector, "/v2/contracts?page[size]=50", made);
        });
    }

    @Test
    void aListOfLargeWorkspacesEndsEarlierAndItsLinksLeadToTheRest() {
        var collector = tenancy.person("Gatherer");
        var place = tenancy.aContract(collector);
        var made = IntStream.range(0, 5)
                .mapToObj(_ -> tenancy.aWorkspace(collector, place))
                .toList();

        whileTheyAreLarge("workspaces", made, () -> {
            assertPages(collector, "/v2/workspaces", made);
            assertPages(collector, "/v2/workspaces?contract_id=" + place, made);
        });
    }

    @Test
    void servicesAreHandedTheValuesAndNobodyElse() {
        var id = tenancy.aCredential(owner, workspace);
        var service = server.as(others.bearer("service", "execution-service", null));

        var handed = service.get("/internal/credentials/" + id);

        assertThat(handed.at("/keys/auth/password").asString()).isEqualTo("hush");
        assertThat(handed.at("/workspace_id").asString()).isEqualTo(workspace);
        assertThat(owner.client().get("/internal/credentials/" + id).status()).isEqualTo(403);
    }

    @Test
    void manyCredentialsAreAskedAboutAtOnce() {
        var first = tenancy.aCredential(owner, workspace);
        var second = tenancy.aCredential(owner, workspace);
        var elsewhere = tenancy.aCredential(owner, tenancy.aWorkspace(owner, contract));
        var question = "{\"workspace\":\"%s\",\"ids\":[\"%s\",\"%s\",\"%s\",\"%s\"]}"
                .formatted(workspace, first, second, elsewhere, IDS.next());

        var components = owner.client().post("/internal/credentials/components", question);
        assertThat(components.json().propertyNames()).containsExactlyInAnyOrder(first, second);
        assertThat(components.at("/" + first).asString()).isEqualTo(tenancy.webhook);
        var lacks = owner.client().post("/internal/credentials/readiness", question);
        assertThat(lacks.json().propertyNames()).containsExactlyInAnyOrder(first, second);
        assertThat(lacks.at("/" + second).isEmpty()).isTrue();
        assertThat(tenancy.stranger()
                        .post("/internal/credentials/components", question)
                        .json()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void aCredentialInUseIsNotDeleted() {
        var id = tenancy.aCredential(owner, workspace);
        var flow = IDS.next();

        others.useCredential(id, List.of(flow));
        var refused = owner.client().delete("/v2/credentials/" + id);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.at("/errors/0/meta/flow_ids/0").asString()).isEqualTo(flow);

        others.useCredential(id, List.of());
        assertThat(owner.client().delete("/v2/credentials/" + id).status()).isEqualTo(204);
        assertThat(owner.client().get("/v2/credentials/" + id).status()).isEqualTo(404);
        await().atMost(ofSeconds(30))
                .until(() -> heard.stream()
                        .anyMatch(event -> event.type().equals("credential.deleted")
                                && event.subjectId().equals(id)));
    }

    @Test
    void nothingIsWrittenInASuspendedContract() {
        var boss = tenancy.person("Boss");
        var id = tenancy.aContract(boss);
        var home = tenancy.aWorkspace(boss, id);
        var path = "/v2/contracts/" + id;

        assertThat(boss.client().post(path + "/suspend", null).status()).isEqualTo(403);
        assertThat(admin.client().post(path + "/suspend", null).status()).isEqualTo(202);
        assertThat(boss.client().get(path).at("/data/attributes/status").asString())
                .isEqualTo("suspending");
        assertThat(boss.client()
                        .post("/v2/workspaces", workspaceIn(id))
                        .at("/errors/0/code")
                        .asString())
                .isEqualTo("contract-suspended");

        assertThat(boss.client().patch(path, """
            {"data":{"type":"contract","attributes":{"name":"Other","available_roles":[]}}}\
            """).at("/errors/0/code").asString())
                .as("permissions are asked before the status")
                .isEqualTo("forbidden");
        assertThat(boss.client()
                        .patch("/v2/workspaces/" + home, """
                            {"data":{"type":"workspace","attributes":{"name":"Other","type":"limited"}}}\
                            """)
                        .at("/errors/0/code")
                        .asString())
                .isEqualTo("forbidden");

        flowsStopped(id, suspension(id));
        awaitStatus(boss, id, "suspended");
        assertThat(admin.client().post(path + "/unsuspend", null).status()).isEqualTo(204);
        assertThat(boss.client().post("/v2/workspaces", workspaceIn(id)).status())
                .isEqualTo(200);
    }

    private static long suspension(String contract) {
        return await().atMost(ofSeconds(30))
                .until(
                        () -> heard.stream()
                                .filter(event -> event.type().equals("contract.suspending")
                                        && event.subjectId().equals(contract))
                                .mapToLong(DomainEvent::version)
                                .max(),
                        OptionalLong::isPresent)
                .getAsLong();
    }

    private static void flowsStopped(String contract, long suspension) {
        var place = new Outbox.Place(tenancy.id, contract, null);
        server.bean(ConfirmedPublisher.class)
                .publish(server.bean(Outbox.class)
                        .event(Fact.FLOWS_STOPPED_FOR_CONTRACT, suspension, place, contract, null, Map.of()));
    }

    private static void awaitStatus(Person member, String contract, String status) {
        await().atMost(ofSeconds(30))
                .until(() -> member.client()
                        .get("/v2/contracts/" + contract)
                        .at("/data/attributes/status")
                        .asString()
                        .equals(status));
    }

    @Test
    void aSuspensionEndsWithItsOwnFlowsAndIsToldOnce() {
        var boss = tenancy.person("Boss");
        var id = tenancy.aContract(boss);
        var path = "/v2/contracts/" + id;
        admin.client().post(path + "/suspend", null);
        var first = suspension(id);
        // Moves the revision, which is not that of the suspension any more.
        admin.client().patch(path, """
            {"data":{"type":"contract","attributes":{"custom_data":{"a":1}}}}\
            """);
        admin.client().post(path + "/suspend", null);
        assertThat(suspension(id)).isEqualTo(first);
        admin.client().post(path + "/unsuspend", null);
        admin.client().post(path + "/unsuspend", null);
        assertThat(admin.client().post(path + "/suspend", null).status()).isEqualTo(202);
        await().atMost(ofSeconds(30)).until(() -> suspension(id) > first);

        flowsStopped(id, first);
        await().during(ofSeconds(2))
                .atMost(ofSeconds(30))
                .until(() -> boss.client()
                        .get(path)
                        .at("/data/attributes/status")
                        .asString()
                        .equals("suspending"));
        flowsStopped(id, suspension(id));

        awaitStatus(boss, id, "suspended");
        assertThat(heard.stream()
                        .filter(event -> event.subjectId().equals(id))
                        .map(DomainEvent::type)
                        .filter(type -> type.endsWith("suspending") || type.endsWith("unsuspended")))
                .containsExactly("contract.suspending", "contract.unsuspended", "contract.suspending");
        assertThat(admin.client().delete(path + "/members/" + boss.id()).status())
                .isEqualTo(204);
    }

    @Test
    void aServiceAccountNamesTheTenantAndOwnsNothing() {
        var account = server.as(others.bearer("service-account", "account", null));

        assertThat(account.post("/v2/contracts", contractNamed("Whose")).status())
                .isEqualTo(400);
        var made = account.post("/v2/contracts", """
            {"data":{"type":"contract","attributes":{"name":"Whose"},
              "relationships":{"tenant":{"data":{"type":"tenant","id":"%s"}}}}}\
            """.formatted(tenancy.id));
        assertThat(made.status()).isEqualTo(201);
        assertThat(account.post("/v2/workspaces", workspaceIn(made.id())).status())
                .isEqualTo(403);
        assertThat(ids(account.get("/v2/contracts?tenant_id=" + tenancy.id).json()))
                .contains(contract, made.id());
        assertThat(ids(account.get("/v2/workspaces?tenant_id=" + tenancy.id).json()))
                .contains(workspace);
        var fresh = IDS.next();
        others.addUser(IDS.next(), fresh, "Fresh");
        for (var list : List.of("/v2/contracts?tenant_id=", "/v2/workspaces?tenant_id=")) {
            var none = account.get(list + fresh);
            assertThat(none.status())
                    .as("a tenant made just now, whose contract is still to come")
                    .isEqualTo(200);
            assertThat(none.at("/meta/total").asInt()).isZero();
            assertThat(account.get(list + IDS.next()).status()).as(list).isEqualTo(404);
            assertThat(account.get(list + "x").at("/errors/0/source/parameter").asString())
                    .isEqualTo("tenant_id");
            assertThat(owner.client().get(list + IDS.next()).status())
                    .as("a user has one tenant, which no parameter changes")
                    .isEqualTo(200);
        }
    }

    @Test
    void otherServicesAskAboutWorkspacesAndUsers() {
        var colleague = tenancy.person("Colleague");
        tenancy.join(contract, colleague, "member");

        var summary = owner.client().get("/internal/workspaces/" + workspace);

        assertThat(summary.at("/contract_id").asString()).isEqualTo(contract);
        assertThat(summary.at("/flow_stats_enabled_default").asBoolean()).isTrue();
        assertThat(tenancy.stranger().get("/internal/workspaces/" + workspace).status())
                .isEqualTo(404);
        var shared = "/internal/contracts/shared?user=" + owner.id() + "&other=";
        assertThat(owner.client().get(shared + colleague.id()).at("/shared").asBoolean())
                .isTrue();
        assertThat(owner.client().get(shared + IDS.next()).at("/shared").asBoolean())
                .isFalse();
        var owners = "/internal/contracts/" + contract + "/owners/";
        assertThat(owner.client().get(owners + owner.id()).at("/owner").asBoolean())
                .isTrue();
        assertThat(owner.client().get(owners + colleague.id()).at("/owner").asBoolean())
                .isFalse();
        assertThat(tenancy.stranger().get(owners + owner.id()).status()).isEqualTo(404);
        var owned = "/internal/contracts/owned?user=";
        assertThat(owner.client().get(owned + owner.id()).at("/owner").asBoolean())
                .isTrue();
        assertThat(owner.client().get(owned + colleague.id()).at("/owner").asBoolean())
                .isFalse();
        assertThat(tenancy.stranger().get(owned + owner.id()).at("/owner").asBoolean())
                .as("of another tenant")
                .isFalse();
        var service = tenancy.server.as(others.bearer("service", "identity-service", null));
        assertThat(service.get(owned + owner.id()).at("/owner").asBoolean()).isTrue();
        assertThat(service.get(owned + colleague.id()).at("/owner").asBoolean())
                .as("beside an owner")
                .isFalse();
    }

    @Test
    void whatATenantSetsHoldsForNewWorkspacesAndTheirFlows() {
        others.setTenantDefaults("limited", false);
        try {
            var made = tenancy.aWorkspace(owner, contract);

            assertThat(owner.client()
                            .get("/v2/workspaces/" + made)
                            .at("/data/attributes/type")
                            .asString())
                    .isEqualTo("limited");
            assertThat(owner.client()
                            .get("/internal/workspaces/" + made)
                            .at("/flow_stats_enabled_default")
                            .asBoolean())
                    .isFalse();
        } finally {
            others.setTenantDefaults("full", true);
        }
    }

    private static boolean hasHeard(String type) {
        return heard.stream().anyMatch(event -> event.type().equals(type));
    }
}

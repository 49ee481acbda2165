package dev.weft.workspace.policy;

import static dev.weft.workspace.Tenancy.contractNamed;
import static dev.weft.workspace.Tenancy.ids;
import static dev.weft.workspace.Tenancy.member;
import static dev.weft.workspace.Tenancy.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.id.Ids;
import dev.weft.common.messaging.ConfirmedPublisher;
import dev.weft.common.messaging.InstanceQueue;
import dev.weft.common.messaging.InstanceSubscription;
import dev.weft.common.outbox.Outbox;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import dev.weft.common.service.StartedService.Answer;
import dev.weft.common.service.StartedService.Client;
import dev.weft.store.EmbeddedStore;
import dev.weft.workspace.PlayedPolicy;
import dev.weft.workspace.Tenancy;
import dev.weft.workspace.Tenancy.Person;
import dev.weft.workspace.inviterecord.InviteTokens;
import dev.weft.workspace.permission.RoleBook;
import dev.weft.workspace.permission.RoleName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import tools.jackson.databind.JsonNode;

/** Policies as they come from identity-service, and what is done before roles and tenants go. */
class TenantPolicyIT {

    private static final Ids IDS = new Ids();
    private static EmbeddedStore store;
    private static Tenancy tenancy;
    private static InstanceSubscription ear;
    private static final ConcurrentLinkedQueue<DomainEvent> heard = new ConcurrentLinkedQueue<>();
    private static PlayedPolicy policy = PlayedPolicy.INITIAL;

    private static Person owner;
    private static String contract;
    private static String workspace;

    @BeforeAll
    static void start() throws Exception {
        store = EmbeddedStore.inMemory();
        tenancy = new Tenancy(store);
        ear = tenancy.server.bean(InstanceQueue.class).subscribe(heard::add, () -> {}, Fact.values());
        ear.start();
        owner = tenancy.person("Owner");
        contract = tenancy.aContract(owner);
        workspace = tenancy.aWorkspace(owner, contract);
        await().until(() -> heard.stream().anyMatch(fact -> fact.type().equals("access.heartbeat")));
    }

    @AfterAll
    static void stop() {
        ear.stop();
        tenancy.close();
        store.close();
    }

    /** identity-service has another policy, and says so; returns when all have heard that grants are others. */
    private static void change(PlayedPolicy next, Map<String, Object> payload) {
        policy = next;
        tenancy.others.setPolicy(tenancy.id, next);
        publish(Fact.ROLE_CHANGED, tenancy.id, next.revision(), payload);
        await().until(() -> copy().revision() == next.revision());
        var edition = copy().edition();
        awaitAnnouncement(tenancy.id, edition);
        // Of its two subscriptions the service's own may be the later one.
        await().until(() -> grantsOf(owner).path("policy").asLong() == edition);
    }

    private static PolicyCopy copy() {
        return tenancy.server.bean(PolicyCopies.class).find(tenancy.id).orElseThrow();
    }

    private static void awaitAnnouncement(String tenant, long edition) {
        await().until(() -> heard.stream()
                .anyMatch(fact -> fact.type().equals("access.changed")
                        && fact.subjectId().equals(tenant)
                        && fact.version() == edition));
    }

    private static void publish(Fact fact, String tenant, long version, Map<String, Object> payload) {
        var place = new Outbox.Place(tenant, null, null);
        var outgoing = tenancy.server.bean(Outbox.class).event(fact, version, place, tenant, null, payload);
        tenancy.server.bean(ConfirmedPublisher.class).publish(outgoing);
    }

    private static JsonNode grantsOf(Person person) {
        return person.client().get("/internal/access/workspaces/" + workspace).json();
    }

    private static Person aMember(String name) {
        var person = tenancy.person(name);
        tenancy.join(contract, person, "member");
        return person;
    }

    private static Answer enter(Person person, String role) {
        return tenancy.admin.client().post("/v2/workspaces/" + workspace + "/members", member(person.id(), role));
    }

    private static Answer asService(String method, String path, Object body) {
        return tenancy.server
                .as(tenancy.others.bearer("service", "identity-service", null))
                .call(method, path, body);
    }

    private static Answer retire(String token, RoleName... roles) {
        return asService(
                "PUT",
                "/internal/tenants/" + tenancy.id + "/retirements/" + token,
                Map.of(
                        "roles",
                        Set.of(roles).stream()
                                .map(role -> Map.of("scope", role.scope(), "role", role.role()))
                                .toList()));
    }

    @Test
    void aCustomRoleGrantsWhatThePolicySaysAtEachMoment() {
        change(policy.with("workspaces", "reader", "workspaces.logs.read_all"), Map.of());
        var reader = aMember("Reader");
        assertThat(enter(reader, "reader").status()).isEqualTo(200);

        assertThat(texts(grantsOf(reader).path("permissions"))).contains("workspaces.logs.read_all");
        assertThat(grantsOf(reader).path("policy").asLong()).isEqualTo(copy().edition());

        change(policy.with("workspaces", "reader", "global.auth_clients.get"), Map.of());
        assertThat(texts(grantsOf(reader).path("permissions")))
                .contains("workspaces.auth_clients.get")
                .doesNotContain("workspaces.logs.read_all", "global.auth_clients.get");
        var roles = owner.client()
                .get("/v2/contracts/" + contract + "/roles")
                .at("/data/attributes/roles")
                .valueStream()
                .map(role -> role.path("role").asString())
                .toList();
        assertThat(roles).contains("reader");
    }

    /** A release of identity-service that gives the default roles more changes no revision. */
    @Test
    void anotherPolicyOfTheSameRevisionWorksWhenItIsFetched() {
        var tenant = IDS.next();
        var policies = tenancy.server.bean(CurrentPolicies.class);
        var book = tenancy.server.bean(RoleBook.class);
        assertThat(policies.ensure(tenant, 0)).isTrue();
        var before = tenancy.server.bean(PolicyCopies.class).find(tenant).orElseThrow();
        awaitAnnouncement(tenant, before.edition());
        assertThat(book.of(tenant).roles()).hasSameSizeAs(before.roles());

        var more = PlayedPolicy.INITIAL.with("workspaces", "more", "workspaces.flow.edit");
        tenancy.others.setPolicy(tenant, new PlayedPolicy(0, more.roles()));
        policies.refresh(tenant);

        await().until(() -> book.of(tenant).roles().size() == before.roles().size() + 1);
        var after = book.of(tenant).edition();
        assertThat(after).isGreaterThan(before.edition());
        awaitAnnouncement(tenant, after);
        policies.refresh(tenant);
        assertThat(policies.get(tenant).edition()).as("nothing was changed").isEqualTo(after);
    }

    /** All that is here of a tenant that is gone is deleted. */
    @Test
    void aReleaseWithoutPoliciesDoesNotSayThatATenantIsGone() {
        var tenant = IDS.next();
        var policies = tenancy.server.bean(CurrentPolicies.class);
        tenancy.others.setWithoutPolicies(true);
        try {
            assertThatThrownBy(() -> policies.ensure(tenant, 0))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            refused -> assertThat(refused.first().code()).isEqualTo(ProblemCode.UNAVAILABLE));
            assertThatThrownBy(() -> policies.get(tenant)).isInstanceOf(ProblemException.class);
        } finally {
            tenancy.others.setWithoutPolicies(false);
        }
        assertThat(policies.ensure(tenant, 0)).isTrue();
        tenancy.others.setWithoutPolicies(true);
        try {
            assertThatThrownBy(() -> policies.refresh(tenant)).isInstanceOf(ProblemException.class);
        } finally {
            tenancy.others.setWithoutPolicies(false);
        }
        assertThat(policies.get(tenant).roles()).isNotEmpty();
        tenancy.others.removeTenant(tenant);
        assertThat(policies.refresh(tenant)).isEmpty();
    }

    @Test
    void aPermissionCheckAsksNobodyForRoles() {
        grantsOf(owner);
        var before = tenancy.others.questionsAboutPolicy(tenancy.id);

        for (int i = 0; i < 5; i++) {
            grantsOf(owner);
        }

        assertThat(tenancy.others.questionsAboutPolicy(tenancy.id)).isEqualTo(before);
    }

    @Test
    void aFactThatIsOlderThanTheCopyChangesNothing() {
        change(policy.with("workspaces", "late", "workspaces.flow.edit"), Map.of());
        var asked = tenancy.others.questionsAboutPolicy(tenancy.id);

        publish(Fact.ROLE_CHANGED, tenancy.id, policy.revision() - 1, Map.of());
        change(policy.with("workspaces", "late", "workspaces.recipe.edit"), Map.of());

        assertThat(tenancy.others.questionsAboutPolicy(tenancy.id) - asked)
                .as("only the newer one is fetched")
                .isEqualTo(1);
    }

    @Test
    void aRoleThatSomebodyHasOrAContractNamesIsNotRetired() {
        change(
                policy.with("workspaces", "held")
                        .with("contracts", "held")
                        .with("contracts", "named")
                        .with("workspaces", "free"),
                Map.of());
        enter(aMember("Holder"), "held");
        var made = tenancy.admin.client().post("/v2/contracts", """
                {"data":{"type":"contract","attributes":{"name":"Naming",
                  "available_roles":[{"scope":"contracts","role":"named"}]}}}""");
        assertThat(made.status()).isEqualTo(201);

        var used = retire(
                IDS.next(),
                RoleName.ofWorkspace("held"),
                RoleName.ofContract("held"),
                RoleName.ofContract("named"),
                RoleName.ofWorkspace("named"),
                RoleName.ofWorkspace("free"));

        assertThat(used.at("/used")
                        .valueStream()
                        .map(role -> role.path("scope").asString() + " "
                                + role.path("role").asString()))
                .containsExactlyInAnyOrder("workspaces held", "contracts named");
        assertThat(enter(aMember("Taker"), "free").status())
                .as("nothing was retired")
                .isEqualTo(200);
    }

    @Test
    void aRetiredRoleIsGivenToNobodyUntilItStaysOrIsGone() {
        change(policy.with("workspaces", "going"), Map.of());
        var person = aMember("Waiting");
        var token = IDS.next();
        var path = "/v2/workspaces/" + workspace + "/members";

        assertThat(retire(token, RoleName.ofWorkspace("going")).at("/used")).isEmpty();
        assertThat(enter(person, "going").error()).isEqualTo("400 validation-failed /data/attributes/roles");
        assertThat(enter(person, "guest").status()).isEqualTo(200);
        assertThat(asService("DELETE", "/internal/tenants/" + tenancy.id + "/retirements/" + token, null)
                        .status())
                .isEqualTo(200);
        assertThat(tenancy.admin
                        .client()
                        .patch(path + "/" + person.id(), member(person.id(), "going"))
                        .status())
                .isEqualTo(200);
        assertThat(tenancy.admin
                        .client()
                        .patch(path + "/" + person.id(), member(person.id(), "guest"))
                        .status())
                .isEqualTo(200);

        var second = IDS.next();
        assertThat(retire(second, RoleName.ofWorkspace("going")).at("/used")).isEmpty();
        change(policy.without("workspaces", "going"), Map.of("retirement", second));
        change(policy.with("workspaces", "going"), Map.of());
        await().until(() -> tenancy.admin
                        .client()
                        .patch(path + "/" + person.id(), member(person.id(), "going"))
                        .status()
                == 200);
    }

    private static Answer invite(String role) {
        return owner.client().post("/v2/contracts/" + contract + "/invites", """
            {"data":{"type":"contract-invite","attributes":{"email":"%s@example.com","roles":["%s"]}}}\
            """.formatted(IDS.next(), role));
    }

    private static List<String> invites() {
        return ids(owner.client().get("/v2/contracts/" + contract + "/invites").json());
    }

    private static Map<String, Object> removed(String role) {
        return Map.of("removed", List.of(Map.of("scope", "contracts", "role", role)));
    }

    @Test
    void anInviteNamesNoRetiredRoleIsNotAcceptedForOneAndGoesWithIt() {
        change(policy.with("contracts", "inviting"), Map.of());
        var other = invite("member").id();
        var invited = invite("inviting");
        assertThat(invited.status()).isEqualTo(201);
        var accept = "/v2/invites/" + tenancy.server.bean(InviteTokens.class).of(invited.id()) + "/accept";

        assertThat(retire(IDS.next(), RoleName.ofContract("inviting")).at("/used"))
                .as("an invite is dropped, and keeps no role")
                .isEmpty();

        assertThat(invite("inviting").error()).isEqualTo("400 validation-failed /data/attributes/roles");
        assertThat(tenancy.server.call("POST", accept, null).error())
                .as("before a user is made of who accepts")
                .isEqualTo("409 conflict");
        // Of a role that is there again it comes too late.
        publish(Fact.ROLE_CHANGED, tenancy.id, policy.revision() - 1, removed("member"));
        change(policy.without("contracts", "inviting"), removed("inviting"));
        await().until(() -> !invites().contains(invited.id()));
        assertThat(invites()).contains(other);
    }

    @Test
    void aRoleThatIsBeingGivenIsInUse() {
        change(policy.with("contracts", "raced"), Map.of());
        var role = RoleName.ofContract("raced");
        var keeping = tenancy.server.bean(RoleKeeping.class);

        var used = keeping.keeping(
                tenancy.id, List.of(role), _ -> Problem.invalid("roles", "gone"), () -> retire(IDS.next(), role));

        assertThat(used.at("/used").size()).isEqualTo(1);
        assertThat(retire(IDS.next(), role).at("/used")).isEmpty();
        assertThatThrownBy(() -> keeping.keeping(
                        tenancy.id, List.of(role), _ -> Problem.invalid("roles", "gone"), () -> "given"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("gone");
    }

    @Test
    void aRetirementThatRanOutIsSettledByAskingForThePolicy() {
        change(policy.with("workspaces", "forgotten").with("workspaces", "removed"), Map.of());
        var marks = tenancy.server.bean(RoleMarks.class);
        var past = Instant.now().minusSeconds(1);
        marks.beginRetirement(
                tenancy.id, new RoleMarks.Mark("lost-1", Set.of(RoleName.ofWorkspace("forgotten")), past));
        marks.beginRetirement(tenancy.id, new RoleMarks.Mark("lost-2", Set.of(RoleName.ofWorkspace("removed")), past));
        // One of the two was removed, without a word about it.
        policy = policy.without("workspaces", "removed");
        tenancy.others.setPolicy(tenancy.id, policy);

        assertThat(enter(aMember("Late"), "removed").status()).isEqualTo(400);
        assertThat(enter(aMember("Later"), "forgotten").status()).isEqualTo(200);
    }

    @Test
    void aTenantIsClosedOnlyWithoutContractsInUseAndGoesWithTheRest() {
        var tenant = IDS.next();
        var boss = IDS.next();
        tenancy.others.addUser(boss, tenant, "Boss");
        var admin = tenancy.server.as(tenancy.others.bearer("user", boss, tenant, "tenant-admin"));
        publish(Fact.TENANT_CREATED, tenant, 1, Map.of("code", "closing"));
        await().until(() -> admin.get("/v2/contracts").at("/meta/total").asInt() == 1);
        var home = admin.get("/v2/contracts").at("/data/0/id").asString();
        var closing = "/internal/tenants/" + tenant + "/closing";

        var made = admin.post("/v2/contracts", contractNamed("In the way")).id();
        var keeping = tenancy.server.bean(RoleKeeping.class);
        var another = keeping.close(tenant);
        assertThat(texts(asService("PUT", closing, null).at("/contract_ids"))).containsExactly(made);
        assertThat(admin.post("/v2/contracts", contractNamed("Too late")).error())
                .as("who closed it besides has not opened it")
                .startsWith("409 conflict");
        keeping.open(tenant, another);
        assertThat(admin.post("/v2/contracts", contractNamed("In time")).status())
                .isEqualTo(201);
        assertThat(admin.call("PUT", closing, null).status()).isEqualTo(403);
        publish(Fact.TENANT_DELETED, tenant, 2, Map.of());
        await().until(() -> admin.get("/v2/contracts").at("/meta/total").asInt() == 0);
        assertThat(heard.stream()
                        .filter(fact -> fact.type().equals("contract.deleting"))
                        .map(DomainEvent::subjectId))
                .contains(made, home);
    }

    private static Answer anOAuthClient(Client admin, String tenant) {
        var component = IDS.next();
        tenancy.others.addComponent(component, "c" + component, true, "{}");
        return admin.post("/v2/tenants/" + tenant + "/oauth-clients", """
            {"data":{"type":"oauth-client","attributes":{"client_id":"one","client_secret":"hush-hush"},
             "relationships":{"component":{"data":{"type":"component","id":"%s"}}}}}""".formatted(component));
    }

    private static Answer aQuota(Client operator, String tenant) {
        return operator.call(
                "PUT",
                "/v2/quotas/per_contract_user_count_limit/" + tenant,
                "{\"data\":{\"type\":\"quota\",\"attributes\":{\"limit\":3}}}");
    }

    @Test
    void whatIsSetForATenantGoesWithIt() {
        var tenant = IDS.next();
        var boss = IDS.next();
        tenancy.others.addUser(boss, tenant, "Boss");
        var admin = tenancy.server.as(tenancy.others.bearer("user", boss, tenant, "tenant-admin"));
        var operator = tenancy.server.as(tenancy.others.bearer("service-account", IDS.next(), null));
        assertThat(aQuota(operator, tenant).status()).isEqualTo(200);
        assertThat(anOAuthClient(admin, tenant).status()).isEqualTo(201);

        assertThat(asService("PUT", "/internal/tenants/" + tenant + "/closing", null)
                        .status())
                .isEqualTo(200);
        assertThat(anOAuthClient(admin, tenant).error()).isEqualTo("409 conflict");
        assertThat(aQuota(operator, tenant).error()).as("it would stay").isEqualTo("409 conflict");
        tenancy.others.removeTenant(tenant);
        publish(Fact.TENANT_DELETED, tenant, 2, Map.of());

        var stored = tenancy.server.bean(MongoTemplate.class);
        await().until(() -> stored.getCollection("quotas").countDocuments(new Document("ids", tenant)) == 0
                && stored.getCollection("oauth_clients").countDocuments(new Document("tenant", tenant)) == 0);
    }

    @Test
    void aClosedTenantTakesNoContractAndItsPolicyIsForgotten() {
        var tenant = IDS.next();
        var boss = IDS.next();
        tenancy.others.addUser(boss, tenant, "Boss");
        var admin = tenancy.server.as(tenancy.others.bearer("user", boss, tenant, "tenant-admin"));
        publish(Fact.TENANT_CREATED, tenant, 1, Map.of("code", "closed"));
        await().until(() -> admin.get("/v2/contracts").at("/meta/total").asInt() == 1);

        var left = asService("PUT", "/internal/tenants/" + tenant + "/closing", null);

        assertThat(left.status()).isEqualTo(200);
        assertThat(left.at("/contract_ids")).isEmpty();
        assertThat(admin.post("/v2/contracts", contractNamed("Too late")).error())
                .startsWith("409 conflict");
        tenancy.others.removeTenant(tenant);
        publish(Fact.TENANT_DELETED, tenant, 2, Map.of());
        var stored = tenancy.server.bean(MongoTemplate.class);
        await().until(() -> stored.findById(tenant, Document.class, StoredPolicyCopy.COLLECTION) == null);
        // The word of its creation, heard once more and too late, leaves nothing of it.
        publish(Fact.TENANT_CREATED, tenant, 1, Map.of("code", "closed"));
        publish(Fact.ROLE_CHANGED, tenant, 1, Map.of());
        await().until(() -> tenancy.others.questionsAboutPolicy(tenant) >= 3);
        await().until(() -> admin.get("/v2/contracts").at("/meta/total").asInt() == 0
                && stored.findById(tenant, Document.class, StoredPolicyCopy.COLLECTION) == null);
    }
}

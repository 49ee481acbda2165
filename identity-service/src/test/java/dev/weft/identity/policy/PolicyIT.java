package dev.weft.identity.policy;

import static dev.weft.identity.Installation.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.messaging.InstanceQueue;
import dev.weft.common.messaging.InstanceSubscription;
import dev.weft.common.service.StartedService.Answer;
import dev.weft.identity.Installation;
import dev.weft.identity.keycloak.PlayedKeycloak;
import dev.weft.identity.tenant.TenantEvents;
import dev.weft.identity.tenantrecord.TenantRepository;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import tools.jackson.databind.JsonNode;

/** Policies over HTTP, with what workspace-service says of roles. */
class PolicyIT {

    private static final ConcurrentLinkedQueue<DomainEvent> heard = new ConcurrentLinkedQueue<>();
    private static PlayedKeycloak keycloak;
    private static Installation installation;
    private static InstanceSubscription ear;
    private static String account;

    private String tenant;

    @BeforeAll
    static void start() {
        keycloak = new PlayedKeycloak();
        installation = new Installation(keycloak.url(), 1);
        account = installation.accountBearer();
        ear = installation.server.bean(InstanceQueue.class).subscribe(heard::add, () -> {}, Fact.ROLE_CHANGED);
        ear.start();
    }

    @AfterAll
    static void stop() {
        ear.stop();
        installation.close();
        keycloak.close();
    }

    @BeforeEach
    void makeATenant() {
        var code = "p" + random();
        var made = installation.call(
                account,
                "POST",
                "/v2/tenants",
                Installation.document(
                        "tenant",
                        Map.of(
                                "name",
                                "Policy",
                                "code",
                                code,
                                "app_domain",
                                code + ".example.com",
                                "mandrill_email_from",
                                "a@example.com")));
        tenant = made.json().at("/data/id").asString();
    }

    private String path() {
        return "/v2/tenants/" + tenant + "/roles";
    }

    private JsonNode roles() {
        return installation.get(account, path()).json().at("/data/attributes/roles");
    }

    private Answer put(Object roles) {
        return installation.call(
                account, "PATCH", path(), Installation.document("tenant-policy", Map.of("roles", roles)));
    }

    private static Map<String, Object> role(String scope, String role, String... permissions) {
        return Map.of("scope", scope, "role", role, "permissions", List.of(permissions), "i18n", Map.of("en", "Name"));
    }

    private List<Object> presentAnd(Map<String, Object> more) {
        return Stream.concat(roles().valueStream().map(Object.class::cast), Stream.of(more))
                .toList();
    }

    @Test
    void aTenantStartsWithTheDefaultRolesAndOnlyAServiceAccountChangesThem() {
        var own = installation
                .get(installation.adminBearer(), "/v2/tenants")
                .json()
                .at("/data/0/id")
                .asString();
        var read = installation.get(account, path()).json().path("data");

        assertThat(read.path("type").asString()).isEqualTo("tenant-policy");
        assertThat(read.at("/links/self").asString()).isEqualTo(path());
        assertThat(read.at("/attributes/roles").size()).isEqualTo(8);
        assertThat(installation
                        .get(installation.adminBearer(), "/v2/tenants/" + own + "/roles")
                        .status())
                .isEqualTo(200);
        assertThat(installation.get(installation.adminBearer(), path()).status())
                .isEqualTo(404);
        assertThat(installation
                        .call(installation.adminBearer(), "PATCH", "/v2/tenants/" + own + "/roles", Map.of("data", 1))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aChangeIsToldUnderTheRevisionThatWorkspaceServiceIsTold() {
        var before = roles();
        assertThat(put(presentAnd(role("workspaces", "mine", "workspace.flow.edit")))
                        .status())
                .isEqualTo(200);

        var service = installation.server.serviceBearer("workspace-service");
        var told = installation
                .get(service, "/internal/tenants/" + tenant + "/policy")
                .json();
        assertThat(told.path("there").asBoolean()).isTrue();
        assertThat(told.path("revision").asInt()).isEqualTo(1);
        assertThat(told.path("roles").get(before.size()).at("/permissions/0").asString())
                .isEqualTo("workspaces.flow.edit");
        await().until(() -> heard.stream().anyMatch(fact -> fact.subjectId().equals(tenant) && fact.version() == 1));
        assertThat(installation.askedAbout(tenant)).as("nothing was removed").isEmpty();

        assertThat(put(before).status()).isEqualTo(200);
        await().until(() -> heard.stream()
                .anyMatch(fact -> fact.subjectId().equals(tenant)
                        && fact.version() == 2
                        && fact.payload().get("removed").equals(List.of(Map.of("scope", "workspaces", "role", "mine")))
                        && fact.payload().get("retirement") instanceof String));
        assertThat(installation.askedAbout(tenant)).hasSize(1);
        assertThat(roles()).isEqualTo(before);
    }

    @Test
    void thatATenantIsGoneIsSaidAndNotLeftToA404() {
        var gone = "/internal/tenants/ffffffffffffffffffffffff/policy";
        var told = installation.get(installation.server.serviceBearer("workspace-service"), gone);

        assertThat(told.status()).isEqualTo(200);
        assertThat(told.json().path("there").isBoolean()).isTrue();
        assertThat(told.json().path("there").asBoolean()).isFalse();
        assertThat(installation.get(installation.adminBearer(), gone).status()).isEqualTo(404);
    }

    @Test
    void aRoleThatIsInUseStays() {
        put(presentAnd(role("contracts", "used")));
        var before = roles();
        installation.use(tenant, "[]", "[{\"scope\":\"contracts\",\"role\":\"used\"}]");

        var refused = put(List.of(role("workspaces", "another")));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().at("/errors/0/code").asString()).isEqualTo("in-use");
        assertThat(refused.json().at("/errors/0/source/pointer").asString()).isEqualTo("/data/attributes/roles");
        assertThat(refused.json().at("/errors/0/meta/roles/0/role").asString()).isEqualTo("used");
        assertThat(roles()).isEqualTo(before);
    }

    @Test
    void faultsOfValuesComeBeforeConflictsAndChangeNothing() {
        var before = roles();

        var wrong = put(List.of(role("workspaces", "owner"), role("workspaces", "x", "workspaces.flow.fly")));
        var changed = put(List.of(role("workspaces", "owner")));

        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().at("/errors").size()).isEqualTo(1);
        assertThat(wrong.json().at("/errors/0/source/pointer").asString())
                .isEqualTo("/data/attributes/roles/1/permissions/0");
        assertThat(changed.status()).isEqualTo(409);
        assertThat(roles()).isEqualTo(before);
        assertThat(installation.askedAbout(tenant)).isEmpty();
    }

    @Test
    void ofTwoChangesAtOnceTheSecondIsDecidedOnTheFirst() {
        put(presentAnd(role("contracts", "one")));
        var before = roles();
        // While the first asks whether its role may go, another one makes a role, which the first does not know.
        installation.meanwhile(() -> put(presentAnd(role("contracts", "two"))));

        var kept = before.valueStream()
                .filter(role -> !role.path("role").asString().equals("one"))
                .toList();
        assertThat(put(kept).status()).isEqualTo(200);

        assertThat(roles().valueStream().map(role -> role.path("role").asString()))
                .doesNotContain("one", "two");
        assertThat(installation.askedAbout(tenant))
                .as("retired, given back, and both retired")
                .hasSize(3)
                .anyMatch(asked -> asked.startsWith("DELETE"));
        await().until(() -> heard.stream()
                .anyMatch(fact -> fact.subjectId().equals(tenant)
                        && fact.version() == 3
                        && fact.payload().get("removed") instanceof List<?> removed
                        && removed.size() == 2));
    }

    /** Its end may have come by already, and found no policy. */
    @Test
    void aTenantThatGoesMeanwhileLeavesNoPolicy() {
        var tenants = installation.server.bean(TenantRepository.class);
        var facts = installation.server.bean(TenantEvents.class);
        installation.meanwhile(() ->
                tenants.beginDeletion(tenant, facts.deleted(tenants.find(tenant).orElseThrow(), "me")));

        assertThat(put(List.of(role("workspaces", "another"))).status()).isEqualTo(404);
        assertThat(installation.server.bean(MongoTemplate.class).findById(tenant, Document.class, "policies"))
                .isNull();
    }

    @Test
    void permissionsAreSortedAndAServiceAccountSeesBothTables() {
        var all = names(installation.get(account, "/v2/permissions").json());
        var own = names(
                installation.get(installation.adminBearer(), "/v2/permissions").json());

        assertThat(own).isSorted().contains("workspaces.flow.edit").doesNotContain("tenants.user.create");
        assertThat(all).isSorted().containsAll(own).contains("tenants.tenant.create", "contracts.contract.suspend");
        assertThat(installation
                        .get(account, "/v2/permissions")
                        .json()
                        .path("data")
                        .has("id"))
                .isTrue();
    }

    private static List<String> names(JsonNode document) {
        return document.at("/data/attributes/permissions")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }
}

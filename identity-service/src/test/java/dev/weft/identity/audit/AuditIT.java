package dev.weft.identity.audit;

import static dev.weft.identity.Installation.document;
import static dev.weft.identity.Installation.newUser;
import static dev.weft.identity.Installation.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.id.Ids;
import dev.weft.common.service.StartedService.Answer;
import dev.weft.identity.Installation;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.data.mongodb.core.MongoTemplate;
import tools.jackson.databind.JsonNode;

/** From a request to its entry in a list, over the real broker. */
class AuditIT {

    private static final Ids IDS = new Ids();
    private static final String PASSWORD = "Secret-Zulu-1!";

    private static Installation installation;

    @BeforeAll
    static void start() {
        installation = new Installation();
        installation.awaitDirectory();
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    private static Answer call(String method, String path, Object body) {
        return installation.call(installation.adminBearer(), method, path, body);
    }

    private static Answer list(String query) {
        return installation.get(installation.adminBearer(), "/v2/audit" + query);
    }

    private static List<JsonNode> entries(String query) {
        var answer = list(query);
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        return StreamSupport.stream(answer.json().path("data").spliterator(), false)
                .toList();
    }

    private static JsonNode theOne(String query) {
        await().until(() -> !entries(query).isEmpty());
        assertThat(entries(query)).hasSize(1);
        return entries(query).getFirst();
    }

    private static String aUser() {
        return call("POST", "/v2/users", newUser("audited-" + random() + "@example.com", PASSWORD))
                .id();
    }

    @Test
    void everyChangeIsInTheListWithoutAnyOfItsValues() {
        var user = aUser();
        var key = installation.call(
                installation.bearer(installation.adminEmail, installation.adminPassword),
                "PATCH",
                "/v2/users/me",
                document("user", Map.of("company", "Company Zulu", "current_password", "Zulu")));
        assertThat(key.status()).as(key.json().toString()).isEqualTo(200);
        call("DELETE", "/v2/users/" + user, null);

        var made = theOne("?object_id=" + user + "&action=user.create");
        assertThat(made.path("type").asString()).isEqualTo("audit-entry");
        var attributes = made.path("attributes");
        assertThat(attributes.path("outcome").asString()).isEqualTo("succeeded");
        assertThat(attributes.path("status").intValue()).isEqualTo(201);
        assertThat(attributes.path("actor_type").asString()).isEqualTo("user");
        assertThat(attributes.path("actor_name").asString()).isEqualTo(installation.adminEmail);
        assertThat(attributes.path("object_type").asString()).isEqualTo("user");
        assertThat(attributes.path("contract_id").isNull()).isTrue();
        assertThat(attributes.path("workspace_id").isNull()).isTrue();
        assertThat(attributes.path("changed").toString())
                .isEqualTo("[\"email\",\"first_name\",\"last_name\",\"password\"]");
        assertThat(attributes.path("at").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        theOne("?object_id=" + user + "&action=user.delete");
        assertThat(theOne("?action=user.update&user_id="
                                + attributes.path("actor_id").asString())
                        .at("/attributes/changed")
                        .toString())
                .isEqualTo("[\"company\"]");
        assertThat(list("?page[size]=100").json().toString()).doesNotContain("Zulu");
    }

    @Test
    void ofAMachineKeyTheListHasItsIdAndNeverItsSecret() {
        var contract = IDS.next();
        installation.grantIn(contract, tenant(), "active", "contracts.contract.edit");
        var path = "/v2/contracts/" + contract + "/machine-keys";
        var made = call("POST", path, document("machine-key", Map.of("name", "Build Zulu", "secret", "mine")));
        assertThat(made.status()).as(made.json().toString()).isEqualTo(201);
        var key = made.at("/data/id").asString();
        assertThat(call("DELETE", path + "/" + key, null).status()).isEqualTo(204);

        var entry = theOne("?object_id=" + key + "&action=machine-key.create").path("attributes");
        assertThat(entry.path("changed").toString()).isEqualTo("[\"name\"]");
        assertThat(entry.path("contract_id").asString()).isEqualTo(contract);
        assertThat(theOne("?object_id=" + key + "&action=machine-key.delete")
                        .at("/attributes/contract_id")
                        .asString())
                .isEqualTo(contract);
        assertThat(list("?contract_id=" + contract).json().toString())
                .doesNotContain("Zulu", made.at("/data/attributes/secret").asString());
    }

    @Test
    void theAccountOfTheDataFamilyAndItsClientsAreInTheListToo() {
        var account = "/v2/tenants/" + tenant() + "/mesh-account";
        var set = call("PUT", account, document("mesh-account", Map.of("verification", "email")));
        assertThat(set.status()).as(set.json().toString()).isEqualTo(200);
        var client = call("POST", account + "/clients", document("mesh-client", Map.of("name", "App")));
        assertThat(client.status()).as(client.json().toString()).isEqualTo(201);
        var key = client.at("/data/id").asString();
        assertThat(call("DELETE", account + "/clients/" + key, null).status()).isEqualTo(204);

        assertThat(theOne("?action=mesh-account.replace&object_id=" + tenant())
                        .at("/attributes/changed")
                        .toString())
                .isEqualTo("[\"verification\"]");
        theOne("?action=mesh-client.create&object_id=" + key);
        theOne("?action=mesh-client.delete&object_id=" + key);
    }

    @Test
    void aRefusedChangeIsInTheListTooAndAReadIsNot() {
        var nobody = IDS.next();
        assertThat(call("DELETE", "/v2/users/" + nobody, null).status()).isEqualTo(404);
        assertThat(call("GET", "/v2/users/" + nobody, null).status()).isEqualTo(404);

        var entry = theOne("?object_id=" + nobody).path("attributes");

        assertThat(entry.path("outcome").asString()).isEqualTo("refused");
        assertThat(entry.path("status").intValue()).isEqualTo(404);
    }

    @Test
    void aPageIsOfFiftyAndItsLinksKeepTheFilters() {
        var user = aUser();
        theOne("?object_id=" + user);

        var page = list("?object_id=" + user);

        assertThat(page.at("/meta").toString()).isEqualTo("{\"page\":1,\"per_page\":50,\"total\":1,\"total_pages\":1}");
        assertThat(page.at("/links/self").asString()).isEqualTo("/v2/audit");
        assertThat(page.at("/links/last").asString()).contains("object_id=" + user);
    }

    @ParameterizedTest
    @CsvSource({
        "outcome, maybe",
        "action, nonsense",
        "action, flow.explode",
        "from, yesterday",
        "to, 2026-13-01T00:00:00Z",
        "object_id, 17",
        "user_id, ann",
        "workspace_id, x",
        "contract_id, x",
        "filter[action], flow.start",
        "page[size], 0"
    })
    void whatThereCanNotBeIsRefusedWithItsParameter(String parameter, String value) {
        var answer = list("?" + parameter.replace("[", "%5B").replace("]", "%5D") + "=" + value);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/errors/0/source/parameter").asString()).isEqualTo(parameter);
    }

    @Test
    void onlyAdministratorsReadOfTheWholeTenant() {
        var email = "reader-" + random() + "@example.com";
        var user = call("POST", "/v2/users", newUser(email, PASSWORD)).id();
        var reader = installation.bearer(email, PASSWORD);

        assertThat(installation.get(reader, "/v2/audit").status()).isEqualTo(403);
        installation.letOwn(user);
        var refused = installation.get(reader, "/v2/audit");

        assertThat(refused.status()).as("an owner has only to say of what").isEqualTo(400);
        assertThat(refused.at("/errors/0/source/parameter").asString()).isEqualTo("contract_id");
        assertThat(installation.get(installation.accountBearer(), "/v2/audit").status())
                .isEqualTo(200);
    }

    /** As a process leaves it that is killed while its handler works. */
    @Test
    void aRequestWhoseProcessWasKilledIsInTheListAsFailed() {
        var user = aUser();
        theOne("?object_id=" + user);
        var store = installation.server.bean(MongoTemplate.class);
        assertThat(call("DELETE", "/v2/users/" + IDS.next(), null).status()).isEqualTo(404);
        var begun = new Document("_id", IDS.next())
                .append("done", false)
                .append("at", Date.from(Instant.now().minusSeconds(660)))
                .append("body", """
                        {"id":"%s","at":"2026-01-01T00:00:00Z","action":"user.delete","outcome":"failed",
                         "actor":{"type":"user","id":"%s","name":"killed@example.com"},"object_type":"user","object_id":"%s",
                         "place":{"tenantId":"%s"},"changed":[],"presumed":false}
                        """.formatted(IDS.next(), IDS.next(), user, tenant()));

        store.insert(begun, "audit_outbox");

        var entry = theOne("?object_id=" + user + "&action=user.delete").path("attributes");
        assertThat(entry.path("outcome").asString()).isEqualTo("failed");
        assertThat(entry.path("status").isNull()).isTrue();
    }

    private static String tenant() {
        return installation
                .get(installation.adminBearer(), "/v2/tenants")
                .at("/data/0/id")
                .asString();
    }
}

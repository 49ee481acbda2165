package dev.weft.identity.machinekey;

import static dev.weft.identity.Installation.document;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.event.Fact;
import dev.weft.common.id.Ids;
import dev.weft.common.messaging.ConfirmedPublisher;
import dev.weft.common.messaging.InstanceQueue;
import dev.weft.common.messaging.InstanceSubscription;
import dev.weft.common.outbox.Outbox;
import dev.weft.common.service.StartedService.Answer;
import dev.weft.identity.Installation;
import dev.weft.identity.authentication.MachineTokens;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Machine keys from their making to their end, as the gateway and callers see them (api-v2 12a). */
class MachineKeyIT {

    private static final Ids IDS = new Ids();
    private static Installation installation;
    private static InstanceSubscription ear;
    private static final List<String> changed = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        installation = new Installation();
        var ready = new CountDownLatch(1);
        ear = installation
                .server
                .bean(InstanceQueue.class)
                .subscribe(event -> changed.add(event.subjectId()), ready::countDown, Fact.KEY_CHANGED);
        ear.start();
        assertThat(ready.await(20, SECONDS)).isTrue();
    }

    @AfterAll
    static void stop() {
        ear.stop();
        installation.close();
    }

    private static String tenant() {
        return installation
                .authenticate(installation.adminEmail, installation.adminKey)
                .json()
                .path("tenant")
                .asString();
    }

    private static String aContract(String... permissions) {
        var contract = IDS.next();
        installation.grantIn(contract, tenant(), "active", permissions);
        return contract;
    }

    private static String keysOf(String contract) {
        return "/v2/contracts/" + contract + "/machine-keys";
    }

    private static Answer make(String path, Map<String, Object> attributes) {
        return installation.call(installation.adminBearer(), "POST", path, document("machine-key", attributes));
    }

    private static JsonNode made(String path) {
        var answer = make(path, Map.of("name", "Build"));
        assertThat(answer.status()).isEqualTo(201);
        return answer.json().path("data").path("attributes");
    }

    private static Answer logIn(JsonNode key) {
        var token = MachineTokens.token(
                key.path("access_key").asString(), key.path("secret").asString(), tenant(), Instant.now(), _ -> {});
        return installation.authenticate(Map.of("scheme", "bearer", "token", token, "address", "192.0.2.7"));
    }

    private static Answer get(String path) {
        return installation.get(installation.adminBearer(), path);
    }

    @Test
    void aKeyIsShownWithItsSecretOnceAndLogsInUntilItIsRevoked() {
        var contract = aContract("contracts.contract.edit");
        var key = made(keysOf(contract));
        var accessKey = key.path("access_key").asString();
        var path = keysOf(contract) + "/" + accessKey;

        assertThat(accessKey).matches("mk_[A-Za-z0-9_-]{22}");
        assertThat(key.path("secret").asString()).matches("[A-Za-z0-9_-]{43,}");
        assertThat(OrganizationId.names(key.path("organization_id").asString(), tenant()))
                .isTrue();
        assertThat(get(path).json().toString())
                .doesNotContain(key.path("secret").asString());
        assertThat(get(keysOf(contract)).json().path("data").size()).isEqualTo(1);
        assertThat(storedText(accessKey)).doesNotContain(key.path("secret").asString());

        var caller = logIn(key);
        assertThat(caller.status()).isEqualTo(200);
        assertThat(caller.json().path("kind").asString()).isEqualTo("machine-key");
        assertThat(caller.json().path("id").asString()).isEqualTo(accessKey);
        assertThat(caller.json().path("tenant").asString()).isEqualTo(tenant());
        var claims = claims(caller);
        assertThat(claims.path("contract").asString()).isEqualTo(contract);
        assertThat(claims.path("key_role").asString()).isEqualTo("admin");
        await().until(() ->
                !get(path).json().at("/data/attributes/last_used_at").isNull());

        assertThat(installation
                        .call(installation.adminBearer(), "DELETE", path, null)
                        .status())
                .isEqualTo(204);
        assertThat(logIn(key).status()).isEqualTo(401);
        assertThat(get(path).status()).isEqualTo(404);
        await().until(() -> changed.contains(accessKey));
        await().until(() -> storedText(accessKey).isEmpty());
    }

    @Test
    void aKeyIsOfOnePlaceAlone() {
        var contract = aContract("contracts.contract.edit");
        var other = aContract("contracts.contract.edit");
        var guest = aContract();
        var suspended = IDS.next();
        installation.grantIn(suspended, tenant(), "suspended", "contracts.contract.edit");
        var ofTenant = "/v2/tenants/" + tenant() + "/machine-keys";
        var key = made(keysOf(contract)).path("access_key").asString();
        var wide = made(ofTenant);

        assertThat(get(keysOf(other) + "/" + key).status()).isEqualTo(404);
        assertThat(get(ofTenant + "/" + key).status()).isEqualTo(404);
        assertThat(get(keysOf(contract) + "/" + wide.path("access_key").asString())
                        .status())
                .isEqualTo(404);
        assertThat(get(ofTenant).json().path("data").findValuesAsString("access_key"))
                .containsExactly(wide.path("access_key").asString());
        assertThat(claims(logIn(wide)).has("contract")).isFalse();
        assertThat(get(keysOf(guest)).status()).isEqualTo(403);
        assertThat(make(keysOf(guest), Map.of()).status()).isEqualTo(403);
        assertThat(get(keysOf(IDS.next())).status()).isEqualTo(404);
        assertThat(get(keysOf("x")).status()).isEqualTo(404);
        assertThat(get(keysOf(suspended)).status()).isEqualTo(200);
        assertThat(make(keysOf(suspended), Map.of("name", "n"))
                        .json()
                        .at("/errors/0/code")
                        .asString())
                .isEqualTo("contract-suspended");
    }

    @Test
    void whatIsSentIsCheckedAllAtOnce() {
        var path = keysOf(aContract("contracts.contract.edit"));
        var wrong = make(path, Map.of("name", "", "role", "root", "expires_at", 5));

        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json()
                        .path("errors")
                        .valueStream()
                        .map(one -> one.at("/source/pointer").asString()))
                .containsExactlyInAnyOrder(
                        "/data/attributes/name", "/data/attributes/role", "/data/attributes/expires_at");
        assertThat(List.of("tomorrow", "2030-01-01", "+10000-01-01T00:00:00Z"))
                .allSatisfy(instant -> assertThat(make(path, Map.of("name", "n", "expires_at", instant))
                                .status())
                        .isEqualTo(400));
        var good = make(path, Map.of("name", "n", "role", "member", "expires_at", "2031-01-01T02:00:00.5+02:00"));
        assertThat(good.json().at("/data/attributes/expires_at").asString()).isEqualTo("2031-01-01T00:00:00.500Z");
    }

    @Test
    void theKeysOfADeletedContractAreRevoked() {
        var contract = aContract("contracts.contract.edit");
        var key = made(keysOf(contract));
        var other = made(keysOf(aContract("contracts.contract.edit")));

        installation
                .server
                .bean(ConfirmedPublisher.class)
                .publish(installation
                        .server
                        .bean(Outbox.class)
                        .event(
                                Fact.CONTRACT_DELETING,
                                1,
                                new Outbox.Place(tenant(), contract, null),
                                contract,
                                null,
                                Map.of()));

        var accessKey = key.path("access_key").asString();
        await().until(() -> logIn(key).status() == 401);
        await().until(() -> changed.contains(accessKey) && storedText(accessKey).isEmpty());
        assertThat(logIn(other).status()).isEqualTo(200);
    }

    @Test
    void aListUnlocksNoSecret() {
        var contract = aContract("contracts.contract.edit");
        var accessKey = made(keysOf(contract)).path("access_key").asString();
        installation
                .server
                .bean(MongoTemplate.class)
                .getCollection("machine_keys")
                .updateOne(new Document("_id", accessKey), new Document("$set", new Document("secret", "not locked")));

        assertThat(get(keysOf(contract)).json().path("data").findValuesAsString("access_key"))
                .containsExactly(accessKey);
    }

    private static String storedText(String accessKey) {
        var found = installation.server.bean(MongoTemplate.class).findById(accessKey, Document.class, "machine_keys");
        return found == null ? "" : found.toJson();
    }

    private static JsonNode claims(Answer caller) {
        Function<String, JsonNode> read = part ->
                JsonMapper.builder().build().readTree(Base64.getUrlDecoder().decode(part));
        return read.apply(caller.json().path("token").asString().split("\\.")[1]);
    }
}

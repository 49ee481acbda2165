package dev.weft.identity.tenantend;

import static dev.weft.identity.Installation.document;
import static dev.weft.identity.Installation.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.messaging.InstanceQueue;
import dev.weft.common.messaging.InstanceSubscription;
import dev.weft.common.service.StartedService.Answer;
import dev.weft.identity.Installation;
import dev.weft.identity.directory.Directory;
import dev.weft.identity.keycloak.PeekedRealm;
import dev.weft.identity.tenant.TenantEvents;
import dev.weft.identity.tenantrecord.TenantRepository;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;

/** The end of tenants with the real Keycloak, and what tenants say of second factors. */
class TenantEndIT {

    private static final String PASSWORD = "Secret-123!";
    private static final ConcurrentLinkedQueue<DomainEvent> heard = new ConcurrentLinkedQueue<>();
    private static Installation installation;
    private static InstanceSubscription ear;
    private static String account;

    @BeforeAll
    static void start() {
        installation = new Installation();
        account = installation.accountBearer();
        ear = installation.server.bean(InstanceQueue.class).subscribe(heard::add, () -> {}, Fact.TENANT_DELETED);
        ear.start();
    }

    @AfterAll
    static void stop() {
        ear.stop();
        installation.close();
    }

    private static Answer make(String code, Map<String, Object> flags) {
        return installation.call(
                account,
                "POST",
                "/v2/tenants",
                document(
                        "tenant",
                        Map.of(
                                "name",
                                "Ending",
                                "code",
                                code,
                                "app_domain",
                                code + ".example.com",
                                "mandrill_email_from",
                                "a@example.com",
                                "feature_flags",
                                flags)));
    }

    private static String aTenant(Map<String, Object> flags) {
        return make("x" + random(), flags).json().at("/data/id").asString();
    }

    private static String aUser(String tenant, String email) {
        installation.awaitDirectory();
        var made = installation.call(
                account,
                "POST",
                "/v2/users",
                Map.of(
                        "data",
                        Map.of(
                                "type",
                                "user",
                                "attributes",
                                Map.of("first_name", "A", "last_name", "B", "email", email, "password", PASSWORD),
                                "relationships",
                                Map.of("tenant", Map.of("data", Map.of("type", "tenant", "id", tenant))))));
        assertThat(made.status()).as(made.json().toString()).isEqualTo(201);
        return made.json().at("/data/id").asString();
    }

    private static Answer delete(String tenant) {
        return installation.call(account, "DELETE", "/v2/tenants/" + tenant, null);
    }

    @Test
    void aTenantGoesWithItsUsersItsOrganizationAndItsName() {
        var code = "y" + random();
        var tenant = make(code, Map.of()).json().at("/data/id").asString();
        var email = "end-" + random() + "@example.com";
        aUser(tenant, email);
        assertThat(installation.authenticate(email, PASSWORD).status()).isEqualTo(200);

        var path = "/v2/tenants/" + tenant;
        var named = document("mesh-account", Map.of("account_name", "n" + code));
        assertThat(installation
                        .call(account, "PUT", path + "/mesh-account", named)
                        .status())
                .isEqualTo(200);
        var key = document("machine-key", Map.of("name", "Build"));
        assertThat(installation
                        .call(account, "POST", path + "/machine-keys", key)
                        .status())
                .isEqualTo(201);
        var realm = new PeekedRealm(installation);
        assertThat(realm.hasOrganization(code)).isTrue();
        realm.addProvider(code);
        assertThat(realm.hasProvider(code)).isTrue();

        assertThat(delete(tenant).status()).isEqualTo(204);

        assertThat(installation.get(account, "/v2/tenants/" + tenant).status()).isEqualTo(404);
        assertThat(delete(tenant).status()).isEqualTo(404);
        assertThat(installation.authenticate(email, PASSWORD).status()).isEqualTo(401);
        await().until(() -> heard.stream().anyMatch(fact -> fact.subjectId().equals(tenant)));
        var store = installation.server.bean(MongoTemplate.class);
        await().until(() -> store.findById(tenant, Document.class, "tenants") == null);
        assertThat(realm.hasOrganization(code)).isFalse();
        assertThat(realm.hasProvider(code)).isFalse();
        assertThat(store.findById(tenant, Document.class, "mesh_accounts")).isNull();
        await("the key is gone when that was told")
                .until(() -> store.getCollection("machine_keys").countDocuments(new Document("tenant", tenant)) == 0);
        // Code and e-mail are free again: nothing of the former tenant is in the way, here or in Keycloak.
        var again = make(code, Map.of()).json().at("/data/id").asString();
        aUser(again, email);
        assertThat(installation.authenticate(email, PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void aTenantWithContractsStays() {
        var tenant = aTenant(Map.of());
        installation.use(tenant, "[\"5a0000000000000000000001\"]", "[]");

        var refused = delete(tenant);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().at("/errors/0/code").asString()).isEqualTo("in-use");
        assertThat(refused.json().at("/errors/0/meta/contract_ids/0").asString())
                .isEqualTo("5a0000000000000000000001");
        assertThat(installation.get(account, "/v2/tenants/" + tenant).status()).isEqualTo(200);
        assertThat(installation
                        .call(installation.adminBearer(), "DELETE", "/v2/tenants/" + tenant, null)
                        .status())
                .isEqualTo(404);
        var own = installation
                .get(installation.adminBearer(), "/v2/tenants")
                .json()
                .at("/data/0/id")
                .asString();
        assertThat(installation
                        .call(installation.adminBearer(), "DELETE", "/v2/tenants/" + own, null)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void whatACrashLeavesOfADeletionTheSweepFinishes() {
        var tenant = aTenant(Map.of());
        var email = "left-" + random() + "@example.com";
        aUser(tenant, email);
        var tenants = installation.server.bean(TenantRepository.class);
        var facts = installation.server.bean(TenantEvents.class);

        // Accepted, and no step of it done.
        assertThat(tenants.beginDeletion(
                        tenant, facts.deleted(tenants.find(tenant).orElseThrow(), "me")))
                .isTrue();

        assertThat(installation.authenticate(email, PASSWORD).status())
                .as("a user of a tenant that goes does not get in")
                .isEqualTo(401);
        var store = installation.server.bean(MongoTemplate.class);
        await().atMost(Duration.ofSeconds(60)).until(() -> store.findById(tenant, Document.class, "tenants") == null);
        assertThat(store.getCollection("users").countDocuments(new Document("tenant", tenant)))
                .isZero();
    }

    private static void flags(String tenant, Map<String, Object> flags) {
        var changed = installation.call(
                account,
                "PATCH",
                "/v2/tenants/" + tenant,
                Map.of("data", Map.of("type", "tenant", "id", tenant, "attributes", Map.of("feature_flags", flags))));
        assertThat(changed.status()).isEqualTo(200);
    }

    @Test
    void whoMustHaveASecondFactorIsAskedForItByKeycloak() {
        var tenant = aTenant(Map.of("forced_totp", true));
        var born = "born-" + random() + "@example.com";
        var id = aUser(tenant, born);
        var realm = new PeekedRealm(installation);

        assertThat(realm.actions(born)).containsExactly("CONFIGURE_TOTP");
        assertThat(installation.authenticate(born, PASSWORD).status())
                .as("the password is right all the same")
                .isEqualTo(200);
        assertThat(installation.authenticate(born, "Wrong-123!").status()).isEqualTo(401);

        flags(tenant, Map.of("forced_totp", false));
        await().until(() -> realm.actions(born).isEmpty());
        flags(tenant, Map.of("forced_totp", true));
        await().until(() -> realm.actions(born).contains("CONFIGURE_TOTP"));

        var disabled = installation.call(account, "POST", "/v2/users/" + id + "/disable-totp", null);
        assertThat(disabled.status()).isEqualTo(200);
        assertThat(realm.actions(born)).containsExactly("CONFIGURE_TOTP");
        var directory = installation.server.bean(Directory.class);
        directory.changePassword(id, born, "Other-123!");
        assertThat(installation.authenticate(born, "Other-123!").status()).isEqualTo(200);
    }

    @Test
    void theSecondFactorOfAUserIsTakenAway() {
        var tenant = aTenant(Map.of("enabled_totp", true));
        var email = "otp-" + random() + "@example.com";
        var realm = new PeekedRealm(installation);
        var id = aUser(tenant, email);
        realm.setOneTimePassword(email, PASSWORD);
        assertThat(realm.credentials(email)).contains("otp");
        assertThat(installation.authenticate(email, PASSWORD).status())
                .as("a password alone does not do for who has a second factor")
                .isEqualTo(401);
        var path = "/v2/users/" + id + "/disable-totp";

        assertThat(installation
                        .call(installation.adminBearer(), "POST", path, null)
                        .status())
                .isEqualTo(404);
        assertThat(installation.call(account, "POST", path, null).status()).isEqualTo(200);

        assertThat(realm.credentials(email)).containsExactly("password");
        assertThat(realm.actions(email)).isEmpty();
        assertThat(installation.authenticate(email, PASSWORD).status()).isEqualTo(200);
    }
}

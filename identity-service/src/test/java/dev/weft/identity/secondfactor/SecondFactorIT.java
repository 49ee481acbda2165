package dev.weft.identity.secondfactor;

import static dev.weft.identity.Installation.document;
import static dev.weft.identity.Installation.newUser;
import static dev.weft.identity.Installation.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.identity.Installation;
import dev.weft.identity.keycloak.PlayedKeycloak;
import dev.weft.identity.userrecord.User;
import dev.weft.identity.userrecord.UserRepository;
import dev.weft.identity.userrecord.UserReservations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;

/** What a tenant says of second factors reaches the accounts of its users. */
class SecondFactorIT {

    private static final String PASSWORD = "Secret-123!";
    private static PlayedKeycloak keycloak;
    private static Installation installation;
    private static String tenant;

    @BeforeAll
    static void start() {
        keycloak = new PlayedKeycloak();
        installation = new Installation(keycloak.url(), 1);
        installation.awaitDirectory();
        tenant = installation
                .get(installation.adminBearer(), "/v2/tenants")
                .at("/data/0/id")
                .asString();
    }

    @AfterAll
    static void stop() {
        installation.close();
        keycloak.close();
    }

    private static void flag(String name, boolean on) {
        var changed = installation.call(
                installation.adminBearer(),
                "PATCH",
                "/v2/tenants/" + tenant,
                Map.of(
                        "data",
                        Map.of(
                                "type",
                                "tenant",
                                "id",
                                tenant,
                                "attributes",
                                Map.of("feature_flags", Map.of(name, on)))));
        assertThat(changed.status()).as(changed.json().toString()).isEqualTo(200);
    }

    private static String aUser() {
        var email = "f-" + random() + "@example.com";
        var made = installation.call(installation.adminBearer(), "POST", "/v2/users", newUser(email, PASSWORD));
        assertThat(made.status()).isEqualTo(201);
        return email;
    }

    @Test
    void aFlagReachesAllWhoAreThereAndWhoComeLater() {
        var there = IntStream.range(0, 3).mapToObj(_ -> aUser()).toList();
        var having = there.getFirst();
        keycloak.setOneTimePassword(having);

        flag("forced_totp", true);
        var later = aUser();

        await().untilAsserted(() -> assertThat(Stream.concat(there.stream().skip(1), Stream.of(later)))
                .allSatisfy(email -> assertThat(keycloak.actionsOf(email)).containsExactly("CONFIGURE_TOTP")));
        assertThat(keycloak.actionsOf(having)).as("who has one").isEmpty();

        flag("enabled_totp", true);
        flag("forced_totp", false);
        await().untilAsserted(() -> assertThat(there)
                .allSatisfy(email -> assertThat(keycloak.actionsOf(email)).isEmpty()));
        assertThat(keycloak.hasOneTimePassword(having)).as("who may keep it").isTrue();

        flag("enabled_totp", false);
        await().until(() -> !keycloak.hasOneTimePassword(having));
    }

    @Test
    void aFlagThatAnOlderReleaseStoredReachesAllAfterTheNextStart() {
        var code = "older" + random();
        var made = installation.call(
                installation.accountBearer(),
                "POST",
                "/v2/tenants",
                document(
                        "tenant",
                        Map.of(
                                "name",
                                "Older",
                                "code",
                                code,
                                "app_domain",
                                code + ".example.com",
                                "mandrill_email_from",
                                "a@example.com")));
        var email = "o-" + random() + "@example.com";
        var user = new LinkedHashMap<String, Object>(Map.of(
                "type",
                "user",
                "attributes",
                Map.of("first_name", "A", "last_name", "B", "email", email, "password", PASSWORD)));
        user.put("relationships", Map.of("tenant", Map.of("data", Map.of("type", "tenant", "id", made.id()))));
        assertThat(installation
                        .call(installation.accountBearer(), "POST", "/v2/users", Map.of("data", user))
                        .status())
                .isEqualTo(201);
        installation
                .server
                .bean(MongoTemplate.class)
                .getCollection("tenants")
                .updateOne(
                        new Document("_id", made.id()),
                        new Document("$set", new Document("settings.feature_flags.forced_totp", true))
                                .append("$unset", new Document("factor", "").append("revision", "")));

        try (var _ = installation.anotherReplica()) {
            await().until(() -> keycloak.actionsOf(email).equals(List.of("CONFIGURE_TOTP")));
            await("also of a tenant without a revision it is noted that it is done")
                    .until(() -> !isDue(made.id()));
        }
    }

    private static boolean isDue(String id) {
        var stored = installation.server.bean(MongoTemplate.class).findById(id, Document.class, "tenants");
        return stored != null && stored.containsKey("factor_due");
    }

    /** Whoever makes it has read the tenant before the flag was there; the account is there, the user not yet. */
    @Test
    void whoIsBeingMadeAtThatMomentIsAskedToo() {
        var email = aUser();
        var users = installation.server.bean(UserRepository.class);
        var made = users.findByEmail(email).orElseThrow();
        var coming = new User(
                "f".repeat(24),
                made.tenantId(),
                "coming-" + email,
                made.firstName(),
                made.lastName(),
                made.company(),
                made.registered(),
                null);
        assertThat(installation.server.bean(UserReservations.class).reserve(coming, null))
                .isTrue();

        assertThat(users.listWithComing(tenant, "", 1000)).extracting(User::id).contains(made.id(), coming.id());
        assertThat(users.listWithComing(tenant, made.id(), 1000))
                .extracting(User::id)
                .contains(coming.id())
                .doesNotContain(made.id());
        installation.server.bean(UserReservations.class).withdraw(coming.id());
    }

    @Test
    void whatIsTakenAwayIsAskedForAgainOnlyWhereItIsForced() {
        var email = aUser();
        keycloak.setOneTimePassword(email);
        var id = installation
                .server
                .bean(UserRepository.class)
                .findByEmail(email)
                .orElseThrow()
                .id();

        var answer = installation.call(installation.adminBearer(), "POST", "/v2/users/" + id + "/disable-totp", null);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(keycloak.hasOneTimePassword(email)).isFalse();
        assertThat(keycloak.actionsOf(email)).isEmpty();
        assertThat(installation
                        .call(installation.bearer(email, PASSWORD), "POST", "/v2/users/" + id + "/disable-totp", null)
                        .at("/errors/0/meta/required_permission")
                        .asString())
                .isEqualTo("tenants.user.disable_totp");
        assertThat(installation
                        .call(
                                installation.accountBearer(),
                                "POST",
                                "/v2/users/" + "0".repeat(24) + "/disable-totp",
                                null)
                        .status())
                .isEqualTo(404);
    }
}

package dev.weft.identity.user;

import static dev.weft.identity.Installation.document;
import static dev.weft.identity.Installation.newUser;
import static dev.weft.identity.Installation.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.messaging.InstanceQueue;
import dev.weft.common.service.StartedService.Answer;
import dev.weft.identity.Installation;
import dev.weft.identity.userrecord.User;
import dev.weft.identity.userrecord.UserRepository;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Users from their making to their end, over the real directory and broker. */
class UserIT {

    private static final String PASSWORD = "Secret-123!";
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

    private record Person(String id, String email) {}

    private static Person aUser() {
        var email = "user-" + random() + "@example.com";
        var made = installation.call(installation.adminBearer(), "POST", "/v2/users", newUser(email, PASSWORD));
        assertThat(made.status()).isEqualTo(201);
        return new Person(made.json().path("data").path("id").asString(), email);
    }

    private static String keyOf(Person user, String secret) {
        return installation
                .call(installation.bearer(user.email(), secret), "POST", "/v2/users/me/generate-api-key", null)
                .json()
                .path("data")
                .path("attributes")
                .path("api_key")
                .asString();
    }

    @Test
    void aNewUserGetsTheFirstKeyWithThePassword() {
        var user = aUser();

        var key = keyOf(user, PASSWORD);

        assertThat(key).hasSize(43);
        assertThat(installation
                        .authenticate(user.email().toUpperCase(), key, false)
                        .status())
                .isEqualTo(200);
        assertThat(installation.authenticate(user.email(), PASSWORD, false).status())
                .isEqualTo(401);
        var me = installation
                .get(installation.bearer(user.email(), key), "/v2/users/me")
                .json();
        assertThat(me.path("meta").isObject()).isTrue();
        assertThat(me.path("data").path("links").path("self").asString()).isEqualTo("/v2/users/" + user.id());
        var attributes = me.path("data").path("attributes");
        assertThat(attributes.path("email").asString()).isEqualTo(user.email());
        assertThat(attributes.path("registered").asString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(attributes.has("company")).isFalse();
    }

    @Test
    void aNewKeyVoidsTheOldAndIsTold() throws Exception {
        var user = aUser();
        var old = keyOf(user, PASSWORD);
        try (var facts = new Facts(Fact.KEY_CHANGED)) {
            var key = keyOf(user, old);

            assertThat(installation.authenticate(user.email(), old).status()).isEqualTo(401);
            assertThat(installation.authenticate(user.email(), key).status()).isEqualTo(200);
            await().until(() ->
                    facts.heard.stream().anyMatch(event -> event.subjectId().equals(user.id())));
        }
    }

    @Test
    void theEleventhGuessOfAMinuteIsThrottledButTheRightKeyIsNot() {
        var user = aUser();
        var key = keyOf(user, PASSWORD);

        var answers = IntStream.range(0, 12)
                .mapToObj(i -> installation.authenticate(user.email(), "wrong-" + i, i % 2 == 0))
                .map(Answer::status)
                .toList();

        assertThat(answers.subList(0, 10)).containsOnly(401);
        assertThat(answers.subList(10, 12)).containsOnly(429);
        assertThat(installation.authenticate(user.email(), key).status()).isEqualTo(200);
        assertThat(installation.authenticate(user.email(), PASSWORD).status())
                .as("a password is not looked at")
                .isEqualTo(429);
        assertThat(from("192.0.2.8", user, "wrong").status()).isEqualTo(401);
        assertThat(from("192.0.2.8", user, PASSWORD).status()).isEqualTo(200);
    }

    private static Answer from(String address, Person user, String secret) {
        return installation.authenticate(Map.of(
                "scheme",
                "basic",
                "user",
                user.email(),
                "secret",
                secret,
                "password_allowed",
                true,
                "address",
                address));
    }

    @Test
    void aWrongCurrentPasswordIsAFailedAuthentication() {
        var user = aUser();
        var bearer = installation.bearer(user.email(), PASSWORD);
        var guess =
                document("user", Map.of("password", "Other-123!", "current_password", "guess", "company", "Engines"));

        var answers = IntStream.range(0, 11)
                .mapToObj(_ -> installation.server.call(
                        "PATCH", "/v2/users/me", guess, "Authorization", bearer, "X-Weft-Client-Address", "192.0.2.7"))
                .map(Answer::status)
                .toList();

        assertThat(answers.subList(0, 10)).containsOnly(400);
        assertThat(answers.get(10)).isEqualTo(429);
        assertThat(installation.authenticate(user.email(), "wrong").status()).isEqualTo(429);
        assertThat(from("192.0.2.8", user, "wrong").status()).isEqualTo(401);
        assertThat(installation
                        .get(bearer, "/v2/users/me")
                        .json()
                        .at("/data/attributes/company")
                        .isMissingNode())
                .isTrue();
    }

    @Test
    void anEmailIsTakenWhateverItsCase() {
        var user = aUser();

        var again = installation.call(
                installation.adminBearer(),
                "POST",
                "/v2/users",
                newUser(user.email().toUpperCase(), PASSWORD));

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().path("errors").path(0).path("code").asString()).isEqualTo("already-exists");
    }

    @Test
    void everyFaultOfADocumentIsReported() {
        var answer = installation.call(
                installation.adminBearer(),
                "POST",
                "/v2/users",
                document("user", Map.of("email", "nobody", "password", "Abcdefg12", "first_name", "A")));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json()
                        .path("errors")
                        .valueStream()
                        .map(error -> error.path("source").path("pointer").asString()))
                .containsExactlyInAnyOrder(
                        "/data/attributes/email", "/data/attributes/last_name", "/data/attributes/password");
    }

    @Test
    void whoSeesWhom() {
        var one = aUser();
        var other = aUser();
        var bearer = installation.bearer(one.email(), PASSWORD);

        assertThat(installation.get(bearer, "/v2/users/" + one.id()).status()).isEqualTo(200);
        assertThat(installation.get(bearer, "/v2/users/" + other.id()).status()).isEqualTo(403);
        installation.letMeet(one.id(), other.id());
        assertThat(installation.get(bearer, "/v2/users/" + other.id()).status()).isEqualTo(200);
        assertThat(installation
                        .get(bearer, "/v2/users/ffffffffffffffffffffffff")
                        .status())
                .isEqualTo(404);
        assertThat(installation.get(bearer, "/v2/users").status()).isEqualTo(403);
        assertThat(installation
                        .call(bearer, "POST", "/v2/users", newUser("x@example.com", PASSWORD))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void listsArePagedAndFilteredByEmail() {
        var user = aUser();
        var bearer = installation.adminBearer();

        var page = installation
                .get(bearer, "/v2/users?page[size]=1&page[number]=2")
                .json();
        var found = installation
                .get(bearer, "/v2/users?email=" + user.email().toUpperCase())
                .json();

        assertThat(page.path("data").size()).isEqualTo(1);
        assertThat(page.path("meta").path("total_pages").asInt())
                .isEqualTo(page.path("meta").path("total").asInt());
        assertThat(found.path("data").path(0).path("id").asString()).isEqualTo(user.id());
        assertThat(installation.get(bearer, "/v2/users?email=a@b.c&iss=x").status())
                .isEqualTo(400);
    }

    @Test
    void theOwnPasswordChangesOnlyWithTheCurrentOne() {
        var user = aUser();
        var bearer = installation.bearer(user.email(), PASSWORD);

        var wrong = installation.call(
                bearer,
                "PATCH",
                "/v2/users/me",
                document("user", Map.of("password", "Other-123!", "current_password", "guess")));
        var right = installation.call(
                bearer,
                "PATCH",
                "/v2/users/me",
                document("user", Map.of("password", "Other-123!", "current_password", PASSWORD, "company", "Engines")));

        assertThat(wrong.status()).isEqualTo(400);
        assertThat(right.status()).isEqualTo(200);
        assertThat(right.json().path("data").path("attributes").path("company").asString())
                .isEqualTo("Engines");
        assertThat(installation.authenticate(user.email(), "Other-123!").status())
                .isEqualTo(200);
        assertThat(installation.authenticate(user.email(), PASSWORD).status()).isEqualTo(401);
    }

    @Test
    void changesOfDifferentAttributesDoNotUndoEachOther() {
        var users = installation.server.bean(UserRepository.class);
        var read = users.find(aUser().id()).orElseThrow();

        users.update(read, named(read, "Augusta", read.company()));
        users.update(read, named(read, read.firstName(), "Engines"));
        assertThat(users.find(read.id())).contains(named(read, "Augusta", "Engines"));

        users.update(named(read, "Augusta", "Engines"), named(read, "Augusta", null));
        assertThat(users.find(read.id())).contains(named(read, "Augusta", null));
    }

    private static User named(User user, String firstName, String company) {
        return new User(
                user.id(),
                user.tenantId(),
                user.email(),
                firstName,
                user.lastName(),
                company,
                user.registered(),
                user.lastLogin());
    }

    @Test
    void aDeletedUserIsGoneAtOnceAndTheEmailIsFreeAgain() throws Exception {
        var user = aUser();
        var key = keyOf(user, PASSWORD);
        var admin = installation.adminBearer();
        try (var facts = new Facts(Fact.KEY_CHANGED, Fact.USER_DELETED)) {
            var deleted = installation.call(admin, "DELETE", "/v2/users/" + user.id(), null);

            assertThat(deleted.status()).isEqualTo(204);
            assertThat(installation.authenticate(user.email(), key).status()).isEqualTo(401);
            assertThat(installation.get(admin, "/v2/users/" + user.id()).status())
                    .isEqualTo(404);
            assertThat(installation
                            .call(admin, "DELETE", "/v2/users/" + user.id(), null)
                            .status())
                    .isEqualTo(404);
            await().until(() -> facts.heard.stream()
                    .filter(event -> event.subjectId().equals(user.id()))
                    .map(DomainEvent::type)
                    .toList()
                    .containsAll(List.of("key.changed", "user.deleted")));
        }
        assertThat(installation
                        .call(admin, "POST", "/v2/users", newUser(user.email(), PASSWORD))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void anAdministratorCanNotDeleteHimself() {
        var admin = installation.adminBearer();
        var id = installation
                .get(admin, "/v2/users/me")
                .json()
                .path("data")
                .path("id")
                .asString();

        assertThat(installation.call(admin, "DELETE", "/v2/users/" + id, null).status())
                .isEqualTo(409);
    }

    @Test
    void otherServicesLearnNames() {
        var user = aUser();

        var names = installation
                .get(
                        installation.server.serviceBearer("workspace-service"),
                        "/internal/users?ids=" + user.id() + ",ffffffffffffffffffffffff")
                .json();

        assertThat(names.size()).isEqualTo(1);
        assertThat(names.path(0).path("email").asString()).isEqualTo(user.email());
        assertThat(names.path(0).path("first_name").asString()).isEqualTo("Ada");
    }

    /** Hears the facts that go over the broker. */
    private static final class Facts implements AutoCloseable {

        private final List<DomainEvent> heard = new CopyOnWriteArrayList<>();
        private final dev.weft.common.messaging.InstanceSubscription subscription;

        Facts(Fact... types) throws InterruptedException {
            var ready = new CountDownLatch(1);
            subscription = installation.server.bean(InstanceQueue.class).subscribe(heard::add, ready::countDown, types);
            subscription.start();
            assertThat(ready.await(20, TimeUnit.SECONDS)).isTrue();
        }

        @Override
        public void close() {
            subscription.stop();
        }
    }
}

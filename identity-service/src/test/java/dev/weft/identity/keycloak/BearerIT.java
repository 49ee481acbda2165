package dev.weft.identity.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.SignedJWT;
import dev.weft.common.id.Ids;
import dev.weft.common.problem.ProblemException;
import dev.weft.identity.Installation;
import dev.weft.identity.TestServers;
import dev.weft.identity.directory.Directory;
import dev.weft.identity.directory.DirectoryAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Logging in with a browser, and what the gateway is answered about the token. */
class BearerIT {

    private static final String PASSWORD = "Right-pass1!";
    private static final String REALM = TestServers.keycloakUrl() + "/realms/weft";
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

    private static String newPerson(String email) {
        var made = installation.call(
                installation.adminBearer(), "POST", "/v2/users", Installation.newUser(email, PASSWORD));
        assertThat(made.status()).isEqualTo(201);
        return email;
    }

    private static int statusOf(String token) {
        return installation
                .authenticate(Map.of("scheme", "bearer", "token", token))
                .status();
    }

    @Test
    void theAccessTokenNamesUserAndTenantAndIsTaken() throws Exception {
        var granted = new BrowserLogin(REALM).logIn(installation.adminEmail, installation.adminPassword);

        var token = granted.orElseThrow().path("access_token").asString();
        var claims = SignedJWT.parse(token).getJWTClaimsSet();
        var authenticated = installation.authenticate(Map.of("scheme", "bearer", "token", token));
        assertThat(claims.getAudience()).contains("weft-gateway");
        assertThat(authenticated.status()).isEqualTo(200);
        assertThat(authenticated.json().path("id").asString()).isEqualTo(claims.getClaim("weft_user"));
        assertThat(authenticated.json().path("tenant").asString()).isEqualTo(claims.getClaim("weft_tenant"));
        assertThat(authenticated.json().path("name").asString()).isEqualTo(installation.adminEmail);
    }

    @Test
    void noOtherTokenIsTaken() {
        var granted = new BrowserLogin(REALM)
                .logIn(installation.adminEmail, installation.adminPassword)
                .orElseThrow();

        assertThat(statusOf(granted.path("id_token").asString())).isEqualTo(401);
        assertThat(statusOf(granted.path("refresh_token").asString())).isEqualTo(401);
        assertThat(statusOf("not.a.token")).isEqualTo(401);
        assertThat(statusOf(installation.adminBearer().substring("Bearer ".length())))
                .isEqualTo(401);
    }

    @Test
    void aWrongPasswordLogsNobodyIn() {
        assertThat(new BrowserLogin(REALM).logIn(installation.adminEmail, "Wrong-pass1!"))
                .isEmpty();
    }

    @Test
    void aPersonIsAskedBeforeAProgramGetsItsCode() {
        // Who has agreed once is not asked again.
        var login = new BrowserLogin(REALM);

        login.logIn(newPerson("asked@example.com"), PASSWORD);

        assertThat(login.wasAsked()).isTrue();
    }

    @Test
    void codesGoToOnePathOfALoopbackAddressOnly() {
        for (var redirect : List.of("http://127.0.0.1:4711/callback", "http://127.0.0.1/callback")) {
            assertThat(new BrowserLogin(REALM).open(redirect)).as(redirect).isEqualTo(200);
        }
        for (var redirect : List.of(
                "https://example.com/callback",
                "http://localhost:4711/callback",
                "http://localhost:x@example.com/callback",
                "http://127.0.0.1:4711@example.com/callback",
                "http://127.0.0.1.example.com/callback",
                "http://127.0.0.1:4711/callback/../hook/f",
                "http://127.0.0.1:4711/callback%2f..%2fhook/f",
                "http://127.0.0.1:4711/callback/f",
                "http://127.0.0.1:4711/")) {
            assertThat(new BrowserLogin(REALM).open(redirect)).as(redirect).isEqualTo(400);
        }
    }

    @Test
    void noPathOfTheInstallationIsSentACode() {
        for (var client : List.of(
                "weft-cli",
                "weft-identity",
                "account",
                "account-console",
                "admin-cli",
                "security-admin-console",
                "broker")) {
            for (var origin : List.of(
                    "http://localhost:8080", "http://127.0.0.1:8080", REALM.substring(0, REALM.indexOf("/auth")))) {
                for (var path : List.of(
                        "/hook/6b05974262c45ecaa1ee4ea1",
                        "/hook/6b05974262c45ecaa1ee4ea1/callback",
                        "/files/x",
                        "/v2/flows",
                        "/v2/users/me",
                        "/api/v1/events",
                        "/v1/orgs/x/apps",
                        "/acme/users",
                        "/auth/realms/weft/account/../../../../hook/x",
                        "/auth/realms/weft/account/..%2f..%2f..%2f..%2fhook/x",
                        "/auth/realms/weft/account/%2e%2e/%2e%2e/%2e%2e/%2e%2e/hook/x",
                        "/")) {
                    assertThat(new BrowserLogin(REALM).open(client, origin + path))
                            .as(client + " " + origin + path)
                            .isGreaterThanOrEqualTo(400);
                }
            }
        }
    }

    /** {@code /callback} at the installation's own port would be taken: nothing is there (RATIONALE). */
    @Test
    void noEndpointOfTheTableIsSentACode() throws IOException {
        var table = Path.of("../gateway/src/main/resources/dev/weft/gateway/route/endpoints.txt");
        var paths = Files.readAllLines(table).stream()
                .filter(line -> line.contains(" /"))
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" +", -1)[1].replaceAll("\\{[^}]+}|\\*\\*", "5abbb9d4bc984b000739761a"))
                .distinct()
                .toList();
        assertThat(paths).hasSizeGreaterThan(50);
        var browser = new BrowserLogin(REALM);
        for (var path : paths) {
            assertThat(browser.open("http://127.0.0.1:8080" + path)).as(path).isEqualTo(400);
        }
    }

    @Test
    void passwordsCanNotBeTriedOutAtTheLogInPage() {
        var email = newPerson("tried-out@example.com");
        assertThat(new BrowserLogin(REALM).logIn(email, PASSWORD)).isPresent();
        for (var i = 0; i < 10; i++) {
            assertThat(new BrowserLogin(REALM).logIn(email, "Wrong-pass" + i + "!"))
                    .isEmpty();
        }

        assertThat(new BrowserLogin(REALM).logIn(email, PASSWORD)).isEmpty();
    }

    @Test
    void aStrangerAtTheLogInPageDoesNotKeepTheOwnerOutOfBasic() {
        var email = newPerson("kept-out@example.com");
        for (var i = 0; i < 10; i++) {
            new BrowserLogin(REALM).logIn(email, "Wrong-pass" + i + "!");
        }
        assertThat(new BrowserLogin(REALM).logIn(email, PASSWORD)).isEmpty();

        assertThat(installation.authenticate(email, PASSWORD).status()).isEqualTo(200);

        // Which ends the lock for the page as well.
        assertThat(new BrowserLogin(REALM).logIn(email, PASSWORD)).isPresent();
    }

    /** Source: api-v2 4.5. The page is Keycloak's own, and nobody else sees what is typed there. */
    @Test
    void thePageForAnotherPasswordObeysTheRuleOfTheApi() {
        var email = newPerson("updates@example.com");
        for (var weak : List.of("a", "Short1!", "nodigits!", "12345678!", "NoSpecial1", "Long1!" + "x".repeat(251))) {
            assertThat(new BrowserLogin(REALM).changePassword(email, PASSWORD, weak))
                    .as(weak)
                    .isFalse();
        }
        assertThat(installation.authenticate(email, PASSWORD).status()).isEqualTo(200);

        assertThat(new BrowserLogin(REALM).changePassword(email, PASSWORD, "Other-pass2!"))
                .isTrue();

        assertThat(installation.authenticate(email, "Other-pass2!").status()).isEqualTo(200);
        assertThat(new BrowserLogin(REALM).logIn(email, PASSWORD)).isEmpty();
    }

    @Test
    void anAdministratorsPasswordForAUserObeysItToo() {
        var email = newPerson("reset@example.com");
        var users = new KeycloakUsers(admin());
        var user = users.find(email).orElseThrow();

        assertThatThrownBy(() -> users.setPassword(user, "short")).isInstanceOf(ProblemException.class);

        users.setPassword(user, "Other-pass2!");
        assertThat(installation.authenticate(email, "Other-pass2!").status()).isEqualTo(200);
    }

    /** As an older release, or somebody at Keycloak's console, has left it. */
    @Test
    void aRealmThatIsThereGetsTheRules() {
        var email = newPerson("mended@example.com");
        var strict = admin().find("/weft").orElseThrow();
        var client = "/weft/clients/"
                + admin().find("/weft/clients?clientId=admin-cli")
                        .orElseThrow()
                        .path(0)
                        .path("id")
                        .asString();
        admin().put(
                        "/weft",
                        Map.of(
                                "realm",
                                "weft",
                                "passwordPolicy",
                                "",
                                "bruteForceProtected",
                                false,
                                "registrationAllowed",
                                true,
                                "resetPasswordAllowed",
                                true));
        admin().put(client, Map.of("clientId", "admin-cli", "enabled", true, "directAccessGrantsEnabled", true));
        assertThat(new BrowserLogin(REALM).changePassword(email, PASSWORD, "a"))
                .as("what the test can see")
                .isTrue();
        assertThat(new BrowserLogin(REALM).passwordGrant("admin-cli", email, "a"))
                .isEqualTo(200);

        new RealmSetup(admin(), installation.server.bean(PasswordClientSecret.class)).ensure();

        var mended = admin().find("/weft").orElseThrow();
        for (var rule : Realm.rules().keySet()) {
            assertThat(mended.path(rule)).as(rule).isEqualTo(strict.path(rule));
        }
        assertThat(new BrowserLogin(REALM).changePassword(email, "a", "b")).isFalse();
        assertThat(new BrowserLogin(REALM).passwordGrant("admin-cli", email, "a"))
                .isGreaterThanOrEqualTo(400);
    }

    /** An account that was made in the moment between the realm and its profile would be refused for good. */
    @Test
    void anAccountThatTheRealmDidNotKnowWholeIsMadeAnew() throws Exception {
        var directory = installation.server.bean(Directory.class);
        var id = new Ids().next();
        var account = new DirectoryAccount(id, "early@example.com", "Ear", "Ly", id, "early-" + id);
        var setup = new RealmSetup(admin(), installation.server.bean(PasswordClientSecret.class));
        try {
            admin().put(
                            "/weft/users/profile",
                            Map.of("attributes", List.of(Map.of("name", "username"), Map.of("name", "email"))));
            assertThatThrownBy(() -> directory.register(account, PASSWORD)).isInstanceOf(ProblemException.class);
        } finally {
            setup.ensure();
        }

        directory.register(account, PASSWORD);

        var granted = new BrowserLogin(REALM).logIn(account.email(), PASSWORD);
        var token = granted.orElseThrow().path("access_token").asString();
        assertThat(SignedJWT.parse(token).getJWTClaimsSet().getClaim("weft_user"))
                .isEqualTo(id);
    }

    private static KeycloakAdmin admin() {
        return installation.server.bean(KeycloakAdmin.class);
    }

    @Test
    void noPublicClientTakesPasswords() {
        for (var client : List.of("weft-cli", "admin-cli", "account", "account-console", "security-admin-console")) {
            assertThat(new BrowserLogin(REALM)
                            .passwordGrant(client, installation.adminEmail, installation.adminPassword))
                    .as(client)
                    .isGreaterThanOrEqualTo(400);
        }
    }
}

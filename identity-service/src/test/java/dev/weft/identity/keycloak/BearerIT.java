package dev.weft.identity.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.weft.identity.Installation;
import dev.weft.identity.TestServers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Logging in with a browser, and what the gateway is answered about the token. */
class BearerIT {

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
    void codesGoToLoopbackAddressesOnly() {
        for (var redirect : List.of("http://localhost:4711/done", "http://127.0.0.1:4711/")) {
            assertThat(new BrowserLogin(REALM).open(redirect)).as(redirect).isEqualTo(200);
        }
        for (var redirect :
                List.of("https://example.com/", "http://localhost:x@example.com/", "http://localhost.example.com/")) {
            assertThat(new BrowserLogin(REALM).open(redirect)).as(redirect).isEqualTo(400);
        }
    }
}

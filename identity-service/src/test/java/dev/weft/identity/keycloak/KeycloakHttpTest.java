package dev.weft.identity.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import dev.weft.common.service.SetClock;
import dev.weft.identity.directory.PasswordAnswer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** A proxy in front of Keycloak, that answers in its place. */
class KeycloakHttpTest {

    private static final String PAGE = "<html><body>Bad Gateway</body></html>";

    private static final String TOKEN = "{\"access_token\":\"t\"}";

    private HttpServer server;
    private KeycloakDirectory directory;
    private volatile int status = 200;
    private volatile String body = TOKEN;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        var properties = new KeycloakProperties(url, url, "admin", "secret");
        var http = new KeycloakHttp(url, new JsonMapper());
        var admin = new KeycloakAdmin(http, properties, new SetClock());
        var users = new KeycloakUsers(admin);
        var organizations = new Organizations(admin);
        var providers = new IdentityProviders(admin, users, organizations);
        directory = new KeycloakDirectory(
                http,
                users,
                organizations,
                providers,
                new SecondFactors(admin),
                new KeycloakTokens(properties, providers),
                new PasswordClientSecret("secret"));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", body.equals(PAGE) ? "text/html" : "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 404, 502, 503})
    void whatIsNoAnswerOfKeycloakIsNoneAndTheNextOneCounts(int failure) {
        status = failure;
        body = PAGE;

        for (var i = 0; i < 10; i++) {
            assertUnavailable();
        }

        status = 200;
        body = TOKEN;
        assertThat(directory.tryPassword("ada@example.com", "right")).isEqualTo(PasswordAnswer.RIGHT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "\"ok\"", "{\"access_token\":null}"})
    void onlyATokenSaysThatAPasswordIsRight(String answer) {
        body = answer;

        assertUnavailable();
    }

    @Test
    void whoHasSomethingLeftToDoAtALogInPageHasTheRightPassword() {
        status = 400;
        body = "{\"error\":\"invalid_grant\",\"error_description\":\"Account is not fully set up\"}";
        assertThat(directory.tryPassword("ada@example.com", "right")).isEqualTo(PasswordAnswer.RIGHT);

        body = "{\"error\":\"unauthorized_client\",\"error_description\":\"Account is not fully set up\"}";
        assertUnavailable();
    }

    private void assertUnavailable() {
        assertThatThrownBy(() -> directory.tryPassword("ada@example.com", "right"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.first().code()).isEqualTo(ProblemCode.UNAVAILABLE));
    }

    @Test
    void aFailureOfKeycloakThatSaysWhyIsNoAnswerEither() {
        status = 500;
        body = "{\"error\":\"invalid_grant\"}";

        assertUnavailable();
    }
}

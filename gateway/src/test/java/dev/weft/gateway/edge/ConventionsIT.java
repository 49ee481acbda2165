package dev.weft.gateway.edge;

import static dev.weft.gateway.RunningGateway.basic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.gateway.PlayedServices;
import dev.weft.gateway.RunningGateway;
import dev.weft.gateway.authentication.Authenticator;
import dev.weft.gateway.limit.BodyBudget;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConventionsIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String FLOW = "/v2/flows/5abbb9d4bc984b000739761a";
    private static final int MIB = 1024 * 1024;

    private static RunningGateway gateway;

    @BeforeAll
    static void start() throws IOException {
        gateway = new RunningGateway(
                new PlayedServices(),
                RunningGateway.broker(),
                Map.of("weft.services.registry", "http://127.0.0.1:1", "weft.gateway.body-budget", 32 * MIB + "B"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void knowAnn() {
        gateway.services().keys.put("ann@acme.org", "first");
        gateway.bean(Authenticator.class).forget("ann@acme.org");
        gateway.services().seen.clear();
    }

    @Test
    void forwardsWithTheInternalTokenAndTheRequestId() throws Exception {
        var answer = call(
                FLOW + "?filter[a]=x%20y&b=%2B",
                r -> r.header("X-Request-Id", "my-id")
                        .header("X-Weft-Caller", "forged")
                        .header("X-Weft-Client-Address", "10.9.9.9")
                        .header("X-Forwarded-For", "10.9.9.9"));

        assertThat(answer.statusCode()).isEqualTo(200);
        var echo = JSON.readTree(answer.body());
        assertThat(echo.path("target").asString()).isEqualTo(FLOW + "?filter%5Ba%5D=x%20y&b=%2B");
        assertThat(echo.path("headers").path("authorization").asString()).isEqualTo("Bearer internal-ann@acme.org");
        assertThat(echo.path("headers").path("x-request-id").asString()).isEqualTo("my-id");
        assertThat(echo.path("headers").has("x-weft-caller")).isFalse();
        assertThat(echo.path("headers").path("x-weft-client-address").asString())
                .isEqualTo("127.0.0.1");
        assertThat(echo.path("headers").has("x-forwarded-for")).isFalse();
        assertThat(answer.headers().allValues("X-Request-Id")).containsExactly("my-id");
        assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json;charset=utf-8");
        assertThat(answer.headers().firstValue("X-End")).contains("kept");
        assertThat(answer.headers().firstValue("Keep-Alive").orElse("")).doesNotContain("77");
    }

    @Test
    void makesARequestIdWhereThereIsNone() throws Exception {
        assertThat(call(FLOW).headers().firstValue("X-Request-Id").orElseThrow())
                .matches("[0-9a-f]{32}");
        assertThat(call(FLOW, r -> r.header("X-Request-Id", "a b"))
                        .headers()
                        .firstValue("X-Request-Id")
                        .orElseThrow())
                .matches("[0-9a-f]{32}");
    }

    @Test
    void answersJsonApiWhereOnlyThatIsAccepted() throws Exception {
        var answer = call(FLOW, r -> r.header("Accept", "application/vnd.api+json"));

        assertThat(answer.headers().firstValue("Content-Type")).contains("application/vnd.api+json;charset=utf-8");
    }

    @Test
    void refusesStrangersFirst() throws Exception {
        for (var path : new String[] {FLOW, "/v2/nothing", "/v2", "/v2/lookups"}) {
            var answer = gateway.send(gateway.request(path)
                    .header("Accept", "text/html")
                    .header("Content-Type", "text/plain")
                    .method("PATCH", BodyPublishers.ofString("{")));
            refused(answer, 401, "unauthorized");
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"api\"");
        }
        refused(
                gateway.send(gateway.request(FLOW).header("Authorization", basic("ann@acme.org", "wrong"))),
                401,
                "unauthorized");
        refused(gateway.send(gateway.request(FLOW).header("Authorization", "Bearer not.a.token")), 401, "unauthorized");
    }

    @Test
    void letsGuestsInWithoutCredentialsUnlessTheyGuess() throws Exception {
        var path = "/v2/invites/" + "t".repeat(67) + "/accept";

        var answer = gateway.send(gateway.request(path)
                .header("Authorization", basic("ann@acme.org", "first"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"data\":{}}")));
        assertThat(answer.statusCode()).isEqualTo(200);
        var echo = JSON.readTree(answer.body());
        assertThat(echo.path("target").asString()).isEqualTo(path);
        assertThat(echo.path("headers").has("authorization")).isFalse();
        assertThat(echo.path("headers").path("x-weft-client-address").asString())
                .isEqualTo("127.0.0.1");
        refused(gateway.send(gateway.request(path)), 401, "unauthorized");

        for (int right = 0; right < 15; right++) {
            var status = right % 2 == 0 ? "200" : "400";
            assertThat(gateway.send(guest(path, status)).statusCode()).isEqualTo(Integer.parseInt(status));
            refused(gateway.send(guest(path, "200").header("Accept", "text/html")), 406, "not-acceptable");
        }
        for (int wrong = 0; wrong < 10; wrong++) {
            assertThat(gateway.send(guest(path, "404")).statusCode()).isEqualTo(404);
        }
        var last = gateway.send(guest(path, "200"));
        refused(last, 429, "too-many-requests");
        assertThat(last.headers().firstValue("Retry-After")).isPresent();
        assertThat(call(FLOW).statusCode()).as("who says who he is").isEqualTo(200);
    }

    private static HttpRequest.Builder guest(String path, String status) {
        return gateway.request(path).header("X-Status", status).POST(BodyPublishers.noBody());
    }

    @Test
    void takesNoMachineKeys() throws Exception {
        for (var path : new String[] {FLOW, "/v2/users/me", "/v2/nothing"}) {
            var asked = gateway.request(path).header("Authorization", "Bearer " + PlayedServices.MACHINE_TOKEN);
            refused(gateway.send(asked), 401, "unauthorized");
        }
    }

    @Test
    void tellsTheThrottledWhenToComeAgain() throws Exception {
        var answer = gateway.send(gateway.request(FLOW).header("Authorization", basic("throttled@acme.org", "x")));

        refused(answer, 429, "too-many-requests");
        assertThat(answer.headers().firstValue("Retry-After")).contains("42");
    }

    @Test
    void keepsTheOrderOfChecks() throws Exception {
        UnaryOperator<HttpRequest.Builder> allWrong = r -> r.header("Accept", "text/html")
                .header("Content-Type", "text/plain")
                .method("PUT", BodyPublishers.ofString("{"));
        var wrongMethod = call(FLOW, allWrong);
        refused(wrongMethod, 405, "method-not-allowed");
        assertThat(wrongMethod.headers().firstValue("Allow")).contains("DELETE, GET, HEAD, PATCH");
        refused(call("/v2/nothing", allWrong), 404, "not-found");
        refused(call("/v2/lookups/1", allWrong), 410, "gone");
        refused(
                call(FLOW, r -> allWrong.apply(r).method("PATCH", BodyPublishers.ofString("{"))),
                406,
                "not-acceptable");
        refused(patch("text/plain", "{"), 415, "unsupported-media-type");
        refused(patch("application/json; charset=iso-8859-1", "{}"), 415, "unsupported-media-type");
        refused(patch("application/json", "{"), 400, "invalid-json");
        refused(patch("application/json", "[".repeat(100_000)), 400, "invalid-json");
        assertThat(gateway.services().seen).isEmpty();
    }

    @Test
    void takesAnyContentTypeWithoutABody() throws Exception {
        for (var type : new String[] {"application/json", "application/x-www-form-urlencoded", "text/plain"}) {
            assertThat(call(FLOW, r -> r.header("Content-Type", type)).statusCode())
                    .isEqualTo(200);
            assertThat(call(FLOW + "/start", r -> r.header("Content-Type", type).POST(BodyPublishers.noBody()))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(call(FLOW, r -> r.header("Content-Type", type).DELETE()).statusCode())
                    .isEqualTo(204);
        }
    }

    @Test
    void sendsBodiesOn() throws Exception {
        var answer = patch("application/vnd.api+json", "{\"data\": {\"n\": 1.50}}");

        var echo = JSON.readTree(answer.body());
        assertThat(echo.path("body").asString()).isEqualTo("{\"data\": {\"n\": 1.50}}");
        assertThat(echo.path("headers").path("content-type").asString()).isEqualTo("application/vnd.api+json");
    }

    @Test
    void refusesWhatIsTooLargeSoThatTheSenderHearsOfIt() throws Exception {
        var tooLarge = "\"" + "x".repeat(5 * MIB) + "\"";

        refused(patch("application/json", tooLarge), 413, "payload-too-large");
        refused(
                call(
                        FLOW,
                        r -> r.header("Content-Type", "application/json")
                                .method("PATCH", BodyPublishers.fromPublisher(BodyPublishers.ofString(tooLarge)))),
                413,
                "payload-too-large");
        refused(
                call(
                        FLOW,
                        r -> r.header("Content-Type", "application/json")
                                .method("PATCH", BodyPublishers.ofString("\"" + "x".repeat(20 * MIB) + "\""))),
                413,
                "payload-too-large");
        assertThat(patch("application/json", "\"" + "x".repeat(5 * MIB - 2) + "\"")
                        .statusCode())
                .isEqualTo(200);
        assertThat(gateway.services().seen).hasSize(1);
    }

    @Test
    void refusesABodyOfMoreValuesThanAServiceHasMemoryFor() throws Exception {
        var most = "[" + "{},".repeat(99_998) + "{}]";
        assertThat(patch("application/json", most).statusCode()).isEqualTo(200);

        var answer = patch("application/json", most.replace("[", "[{},"));
        refused(answer, 413, "payload-too-large");
        assertThat(answer.body()).contains("100000 values");
        assertThat(gateway.services().seen).hasSize(1);
    }

    @Test
    void aTenantHasItsShareOfTheMemoryForBodiesAndForWhatServicesMakeOfThem() throws Exception {
        var many = "[" + "1,".repeat(50_000) + "1]";
        var text = "\"" + "x".repeat(100_000) + "\"";
        var budget = gateway.bean(BodyBudget.class);
        await().until(() -> budget.used() == 0);
        try (var first = budget.open(from("10.0.0.8"));
                var second = budget.open(from("10.0.0.9"))) {
            first.alsoOfTenant("t");
            first.take(16 * MIB);
            second.alsoOfTenant("t");
            second.take(5 * MIB);

            assertThat(patch("application/json", text).statusCode()).isEqualTo(200);
            refused(patch("application/json", many), 503, "unavailable");

            await().until(() -> budget.used() == 21 * MIB);
            second.take(3 * MIB - 1);
            refused(patch("application/json", text), 503, "unavailable");
        }
        assertThat(patch("application/json", many).statusCode()).isEqualTo(200);
    }

    private static MockHttpServletRequest from(String address) {
        var request = new MockHttpServletRequest();
        request.setRemoteAddr(address);
        return request;
    }

    @Test
    void treatsATrailingSlashAsNone() throws Exception {
        assertThat(JSON.readTree(call(FLOW + "/").body()).path("target").asString())
                .isEqualTo(FLOW);
        assertThat(JSON.readTree(call("/v2/flows/?a=b").body()).path("target").asString())
                .isEqualTo("/v2/flows?a=b");
    }

    @Test
    void answersHeadAsGetWithoutABody() throws Exception {
        var answer = call(FLOW, r -> r.method("HEAD", BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(gateway.services().seen).containsExactly("GET " + FLOW);
    }

    @Test
    void neverReachesWhatIsInside() throws Exception {
        for (var path : new String[] {"/internal/authentications", "/", "/actuator/health", "/error", "/v1", "/hook"}) {
            refused(call(path), 404, "not-found");
        }
        assertThat(gateway.services().seen).isEmpty();
    }

    @Test
    void asksForAKeyOnceAndForgetsItWhenItChanged() throws Exception {
        var before = gateway.services().authentications.get();
        call(FLOW);
        call(FLOW);
        assertThat(gateway.services().authentications.get()).isEqualTo(before + 1);

        gateway.services().keys.put("ann@acme.org", "other");
        gateway.bean(Authenticator.class).forget("ann@acme.org");

        refused(call(FLOW), 401, "unauthorized");
    }

    @Test
    void voidsTheOldKeyBeforeTheNewOneIsAnswered() throws Exception {
        assertThat(call(FLOW).statusCode()).isEqualTo(200);
        assertThat(call("/v2/users/me/generate-api-key", r -> r.POST(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(200);

        refused(call(FLOW), 401, "unauthorized");
    }

    @Test
    void takesAPasswordOnlyWhereItIsAllowedAndNeverRemembersIt() throws Exception {
        var password = basic("ann@acme.org", "pw-1");
        var before = gateway.services().authentications.get();
        for (var i = 0; i < 2; i++) {
            assertThat(gateway.send(gateway.request("/v2/users/me").header("Authorization", password))
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(gateway.services().authentications.get()).isEqualTo(before + 2);
        refused(gateway.send(gateway.request(FLOW).header("Authorization", password)), 401, "unauthorized");
    }

    @Test
    void handsKeycloakWhatIsKeycloaks() throws Exception {
        var answer = gateway.send(gateway.request("/auth/realms/weft/protocol/openid-connect/token?x=a%20b")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", "Basic abc")
                .header("X-Forwarded-Host", "evil.example")
                .POST(BodyPublishers.ofString("grant_type=password&username=a%40b")));

        var echo = JSON.readTree(answer.body());
        assertThat(echo.path("target").asString())
                .isEqualTo("/keycloak/realms/weft/protocol/openid-connect/token?x=a%20b");
        assertThat(echo.path("body").asString()).isEqualTo("grant_type=password&username=a%40b");
        assertThat(echo.path("headers").path("authorization").asString()).isEqualTo("Basic abc");
        assertThat(echo.path("headers").path("x-forwarded-host").asString()).isEqualTo("127.0.0.1:" + gateway.port());
        assertThat(echo.path("headers").path("x-forwarded-proto").asString()).isEqualTo("http");
        refused(gateway.send(gateway.request("/auth/%2e%2e/v2/flows")), 404, "not-found");
    }

    @Test
    void aBrowsersQuestionBeforeACallFromAnotherOriginIsForWhomTheCallIsFor() throws Exception {
        var token = raw("OPTIONS /auth/realms/weft/protocol/openid-connect/token HTTP/1.1\r\nHost: x\r\n"
                + "Origin: https://a.test\r\nAccess-Control-Request-Method: POST\r\nConnection: close\r\n\r\n");
        assertThat(token)
                .startsWith("HTTP/1.1 200")
                .contains("\"method\":\"OPTIONS\"")
                .contains("\"access-control-request-method\":\"POST\"");

        var api = raw("OPTIONS " + FLOW + " HTTP/1.1\r\nHost: x\r\n"
                + "Origin: https://a.test\r\nAccess-Control-Request-Method: POST\r\nConnection: close\r\n\r\n");
        assertThat(api).startsWith("HTTP/1.1 401");
    }

    @Test
    void keepsKeycloaksAdministrationAndItsOtherRealmsInside() throws Exception {
        for (var path : List.of(
                "/realms/weft",
                "/realms/weft/.well-known/openid-configuration",
                "/realms/weft/login-actions/authenticate",
                "/realms/weft/account/",
                "/realms/weft/device",
                "/resources/k3v2a/login/keycloak.v2/css/styles.css")) {
            assertThat(gateway.send(gateway.request("/auth" + path)).statusCode())
                    .as(path)
                    .isEqualTo(200);
        }
        for (var path : List.of(
                "/",
                "/admin/",
                "/admin/realms/weft/users",
                "/realms/master",
                "/realms/master/protocol/openid-connect/token",
                "/realms/%6daster/protocol/openid-connect/token",
                "/realms/weft/../master/protocol/openid-connect/token",
                "/realms/weft/login-actions/..%2f..%2fmaster/protocol/openid-connect/token",
                "/realms/weft/login-actions/%252e%252e/master",
                "/realms/weft;/../master",
                "/realms/weft;x/protocol/openid-connect/token",
                "/realms/weft2/protocol/openid-connect/token",
                "/realms/weft/clients-registrations/default",
                "/realms/weft/protocol/saml",
                "/resources/k3v2a/admin/keycloak.v2/index.html",
                "/resources/k3v2a/login/../../../admin/",
                "/metrics",
                "/health/ready")) {
            assertThat(gateway.send(gateway.request("/auth" + path)).statusCode())
                    .as(path)
                    .isBetween(400, 404);
        }
    }

    @Test
    void answersWhatTomcatRefusesInTheSameWords() throws Exception {
        for (var line : new String[] {"GET /v2/fl ows HTTP/1.1", "NONSENSE", "GET /v2/%zz HTTP/1.1"}) {
            var answer = raw(line + "\r\nHost: x\r\n\r\n");
            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .contains("\"code\":\"bad-request\"")
                    .doesNotContain("<html");
        }
    }

    @Test
    void aSlashThatIsWrittenOutIsNoWayIntoOtherPaths() throws Exception {
        for (var path :
                List.of("/a%2fb", "/v2%2fflows", "/v2/flows%2f5abbb9d4bc984b000739761a", "/auth%2frealms/weft")) {
            assertThat(call(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void refusesAQueryThatNoServiceCanRead() throws Exception {
        for (var query : List.of("search=a%00b", "search=%ff")) {
            refused(call(FLOW + "?" + query), 400, "bad-request");
        }
        assertThat(gateway.services().seen).isEmpty();
    }

    @Test
    void passesALargeBodyOnToKeycloak() throws Exception {
        var body = "a=" + "x".repeat(300_000);
        var answer = gateway.send(gateway.request("/auth/realms/weft/protocol/openid-connect/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(answer.body()).path("body").asString()).isEqualTo(body);
    }

    @Test
    void saysThatAServiceIsDown() throws Exception {
        for (var i = 0; i < 30; i++) {
            var answer = call("/v2/components");
            refused(answer, 503, "unavailable");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }
        assertThat(call(FLOW).statusCode()).isEqualTo(200);
    }

    @Test
    void showsHealthOnTheManagementPortAlone() throws Exception {
        var path = "/actuator/health";
        var health = gateway.send(
                HttpRequest.newBuilder(java.net.URI.create("http://127.0.0.1:" + gateway.managementPort() + path)));

        assertThat(JSON.readTree(health.body()).path("status").asString()).isEqualTo("UP");
        refused(call(path), 404, "not-found");
    }

    private static void refused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
        JsonNode error = JSON.readTree(answer.body()).path("errors").path(0);
        assertThat(error.path("status").asString()).isEqualTo(Integer.toString(status));
        assertThat(error.path("code").asString()).isEqualTo(code);
        assertThat(error.path("title").asString()).isNotEmpty();
        assertThat(error.path("detail").asString()).isNotEmpty();
        assertThat(error.path("meta").isObject()).isTrue();
    }

    private static HttpResponse<String> patch(String type, String body) throws Exception {
        return call(FLOW, r -> r.header("Content-Type", type).method("PATCH", BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> call(String path) throws Exception {
        return call(path, UnaryOperator.identity());
    }

    private static HttpResponse<String> call(String path, UnaryOperator<HttpRequest.Builder> more) throws Exception {
        return gateway.send(more.apply(gateway.request(path.replace("[", "%5B").replace("]", "%5D"))
                .header("Authorization", basic("ann@acme.org", "first"))));
    }

    private static String raw(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", gateway.port())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

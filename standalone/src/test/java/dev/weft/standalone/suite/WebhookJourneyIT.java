package dev.weft.standalone.suite;

import static dev.weft.standalone.suite.Api.chain;
import static dev.weft.standalone.suite.Api.node;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What senders send to a webhook, from the bytes of the call to what the execution shows. */
@ExtendWith(LogsOfFailure.class)
class WebhookJourneyIT {

    private static final Map<String, Object> ECHO = node("echo", "weft/http:reply", Map.of("body", "$"));

    private static Topology topology;
    private static Api api;
    private static HttpClient http;

    @BeforeAll
    static void connect() {
        topology = Topology.shared();
        api = new Api(topology.gateway(1), topology.credentials());
        api.workspace();
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void disconnect() {
        http.close();
    }

    private static Map<String, Object> hook(Map<String, Object> fields) {
        return node("hook", "weft/webhook:receive", fields);
    }

    private static HttpResponse<byte[]> send(String path, UnaryOperator<HttpRequest.Builder> more)
            throws IOException, InterruptedException {
        return http.send(
                more.apply(HttpRequest.newBuilder(topology.gateway(1).resolve(path)))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private static HttpResponse<byte[]> send(String path) throws IOException, InterruptedException {
        return send(path, UnaryOperator.identity());
    }

    private static HttpRequest.Builder asAdmin(HttpRequest.Builder request) {
        var admin = topology.credentials().path("tenant_admin");
        var pair =
                admin.path("email").stringValue() + ":" + admin.path("api_key").stringValue();
        return request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
    }

    /** The caller has his answer before the execution is recorded. */
    private static String only(String flow) {
        return Awaitility.await("the execution of " + flow)
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> api.get("/v2/flows/" + flow + "/executions")
                .data()
                .path(0)
                .path("id")
                                .asString(""),
                        id -> !id.isEmpty());
    }

    @Test
    void aMarkBeforeJsonIsNoPartOfIt() throws Exception {
        var flow = api.run(List.of(hook(Map.of())));

        var answer = send(
                "/hook/" + flow,
                request -> request.header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("\uFEFF{\"a\":1}")));

        assertThat(answer.statusCode()).isEqualTo(200);
        var execution = Api.JSON.readTree(answer.body()).path("requestId").stringValue();
        var ended = api.awaitExecution(execution, "completed");
        assertThat(ended.path("steps")
                        .path(0)
                        .path("outputs")
                        .path(0)
                        .path("body")
                        .path("a")
                        .intValue())
                .isEqualTo(1);
    }

    @Test
    void aFileOfAFormIsReadWhereItsExecutionSays() throws Exception {
        var flow = api.run(List.of(
                hook(Map.of()),
                node(
                        "map",
                        "weft/mapper:map",
                        Map.of("expression", "{\"email\": email, \"doc\": $msg.attachments.doc}")),
                node("code", "weft/code:execute", Map.of("code", "async function run(msg) { return msg.body; }")),
                ECHO));
        var form = """
                --b\r
                Content-Disposition: form-data; name="email"\r
                \r
                a@b.c\r
                --b\r
                Content-Disposition: form-data; name="doc"; filename="<x>.html"\r
                Content-Type: text/html; charset=utf-8\r
                \r
                <script>é</script>\r
                --b--\r
                """;

        var answer = send(
                "/hook/" + flow,
                request -> request.header("Content-Type", "multipart/form-data; boundary=b")
                        .POST(BodyPublishers.ofString(form)));

        assertThat(answer.statusCode()).isEqualTo(200);
        var body = Api.JSON.readTree(answer.body());
        assertThat(body.path("email").stringValue()).isEqualTo("a@b.c");
        var ended = api.awaitExecution(only(flow), "completed");
        var attachment = ended.path("steps")
                .path(0)
                .path("outputs")
                .path(0)
                .path("attachments")
                .path("doc");
        assertThat(body.path("doc")).isEqualTo(attachment);
        assertThat(attachment.path("filename").stringValue()).isEqualTo("<x>.html");
        assertThat(attachment.path("size").intValue()).isEqualTo(19);
        // Nowhere is the content itself.
        assertThat(ended.toString())
                .doesNotContain(Base64.getEncoder().encodeToString("<script>é</script>".getBytes(UTF_8)), "<script>");

        var url = attachment.path("url").stringValue();
        var file = send(url, request -> asAdmin(request).header("Accept", "text/html"));
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(new String(file.body(), UTF_8)).isEqualTo("<script>é</script>");
        assertThat(header(file, "Content-Type")).isEqualTo("text/html;charset=utf-8");
        assertThat(header(file, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(file, "Content-Security-Policy")).isEqualTo("sandbox");
        assertThat(header(file, "Content-Disposition"))
                .startsWith("attachment;")
                .contains("%3Cx%3E.html");
        assertThat(send(url).statusCode()).isEqualTo(401);
        assertThat(send(url.replace("attachments/1", "attachments/2"), WebhookJourneyIT::asAdmin)
                        .statusCode())
                .isEqualTo(404);
        assertThat(send(url.replace(only(flow), "0".repeat(32)), WebhookJourneyIT::asAdmin)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void pagesOfNamedOriginsMayCall() throws Exception {
        var flow = api.run(List.of(hook(Map.of("cors_origins", List.of("https://a.test"))), ECHO));

        var preflight = send(
                "/hook/" + flow,
                request -> request.method("OPTIONS", BodyPublishers.noBody())
                        .header("Origin", "https://a.test")
                        .header("Access-Control-Request-Method", "POST")
                        .header("Access-Control-Request-Headers", "content-type"));
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(header(preflight, "Access-Control-Allow-Origin")).isEqualTo("https://a.test");
        var call = send(
                "/hook/" + flow,
                request -> request.header("Origin", "https://a.test").POST(BodyPublishers.ofString("{\"a\":1}")));
        assertThat(new String(call.body(), UTF_8)).startsWith("{\"a\":1");
        assertThat(header(call, "Access-Control-Allow-Origin")).isEqualTo("https://a.test");
        assertThat(send("/hook/" + flow, request -> request.method("HEAD", BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void originsThatAreNoneAreRefused() {
        for (var origins : List.of(
                "https://a.test",
                List.of("a.test"),
                List.of("https://a.test/"),
                List.of("https://a.test/x"),
                List.of("*", "https://a.test"),
                List.of(1),
                List.of("null"))) {
            var nodes = List.of(hook(Map.of("cors_origins", origins)), ECHO);

            var answer = api.create(nodes, chain(nodes), Map.of());

            assertThat(answer.status()).as(origins + " " + answer).isEqualTo(400);
            assertThat(answer.pointer()).contains("cors_origins");
        }
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}

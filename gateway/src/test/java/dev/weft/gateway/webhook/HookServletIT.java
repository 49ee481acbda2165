package dev.weft.gateway.webhook;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.weft.common.broker.BrokerRelay;
import dev.weft.common.flowmessage.EffectKey;
import dev.weft.common.id.Ids;
import dev.weft.gateway.PlayedServices;
import dev.weft.gateway.RunningGateway;
import dev.weft.gateway.webhook.broker.DoorBroker;
import dev.weft.gateway.webhook.door.Backlogs;
import dev.weft.gateway.webhook.reply.ReplyPlaces;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class HookServletIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Ids IDS = new Ids();

    private static RunningGateway gateway;
    private static BrokerRelay wire;
    private static PlayedEngine engine;

    @BeforeAll
    static void start() throws Exception {
        wire = new BrokerRelay(RunningGateway.broker());
        engine = new PlayedEngine(RunningGateway.broker());
        gateway = new RunningGateway(new PlayedServices(), wire.uri(), Map.of("weft.gateway.body-budget", "32MB"));
        await().atMost(30, SECONDS).until(gateway.bean(DoorBroker.class)::isConnected);
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        engine.close();
        wire.close();
    }

    @Test
    void makesADurableMessageOfACall() throws Exception {
        var flow = IDS.next();
        var queue = open(flow, Map.of());

        var answer = post(
                flow + "/orders/7?q=1&q=2",
                "{\"a\":  1.50}",
                r -> r.header("X-Probe", "p1").header("Cookie", "c=1").header("Authorization", "Basic x"));

        assertThat(answer.statusCode()).isEqualTo(200);
        var reply = JSON.readTree(answer.body());
        var execution = reply.path("requestId").asString();
        assertThat(execution).matches("[0-9a-f]{32}");
        assertThat(reply.path("message").asString()).isEqualTo("thank you");
        var message = engine.take(queue);
        var headers = message.getProps().getHeaders();
        assertThat(message.getProps().getDeliveryMode()).isEqualTo(2);
        assertThat(headers.get("threadId")).hasToString(execution);
        assertThat(headers.get("taskId")).hasToString(flow);
        assertThat(headers.get("execId")).hasToString("run-" + flow);
        assertThat(headers.get("workspaceId")).hasToString("w");
        assertThat(headers.get("userId")).hasToString("u");
        assertThat(headers.get("protocolVersion")).isEqualTo(2);
        assertThat(headers.get("x-weft-effect")).hasToString(EffectKey.kickOff(flow, execution));
        assertThat(headers.get("x-weft-target")).hasToString("step_1");
        assertThat(headers.get("x-weft-trigger")).hasToString("webhook");
        assertThat(headers).containsKeys("messageId", "x-weft-started").doesNotContainKey("reply_to");
        var frame = engine.frame(message.getBody());
        assertThat(frame.path("body").toString()).isEqualTo("{\"a\":1.5}");
        assertThat(frame.path("query").toString()).isEqualTo("{\"q\":[\"1\",\"2\"]}");
        assertThat(frame.path("method").asString()).isEqualTo("POST");
        assertThat(frame.path("url").asString()).isEqualTo("/hook/" + flow + "/orders/7?q=1&q=2");
        assertThat(frame.path("additionalUrlPath").asString()).isEqualTo("/orders/7");
        assertThat(frame.path("headers").path("x-probe").asString()).isEqualTo("p1");
        assertThat(frame.path("headers").has("cookie")).isFalse();
        assertThat(frame.path("headers").has("authorization")).isFalse();
    }

    @Test
    void makesAnObjectOfTheQueryOfAGet() throws Exception {
        var flow = IDS.next();
        var queue = open(flow, Map.of());

        var answer = gateway.send(gateway.request("/hook/" + flow + "/?a=1&b=two%20words"));

        assertThat(answer.statusCode()).isEqualTo(200);
        var frame = engine.frame(engine.take(queue).getBody());
        assertThat(frame.path("body").toString()).isEqualTo("{\"a\":\"1\",\"b\":\"two words\"}");
        assertThat(frame.has("additionalUrlPath")).isFalse();
    }

    /** What is not read is of no type that could be wrong. */
    @ParameterizedTest
    @ValueSource(strings = {"application/json", "json", "application/json, application/json"})
    void makesAnObjectOfTheQueryOfAGetThatHasABodyToo(String type) throws Exception {
        var flow = IDS.next();
        var queue = open(flow, Map.of());

        var answer = gateway.send(gateway.request("/hook/" + flow + "?a=1")
                .header("Content-Type", type)
                .method("GET", BodyPublishers.ofString("{\"b\":2}")));

        assertThat(answer.statusCode()).isEqualTo(200);
        var frame = engine.frame(engine.take(queue).getBody());
        assertThat(frame.path("body").toString()).isEqualTo("{\"a\":\"1\"}");
    }

    @Test
    void knowsNoOtherMethodNorAddress() throws Exception {
        var flow = IDS.next();
        open(flow, Map.of());
        for (var method : new String[] {"PUT", "DELETE", "OPTIONS", "PATCH"}) {
            var answer = gateway.send(gateway.request("/hook/" + flow).method(method, BodyPublishers.noBody()));
            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD, POST");
        }
        refused(post("xyz", "{}"), 404, "not-found");
        refused(post("", "{}"), 404, "not-found");
    }

    @Test
    void remembersThatAFlowIsUnknownUntilItsDoorChanges() throws Exception {
        var flow = IDS.next();
        // For a second, which a busy machine may let pass between the two.
        await().until(() -> {
            var before = gateway.services().doorQuestions.get();
            refused(post(flow, "{}"), 404, "not-found");
            refused(post(flow, "{}"), 404, "not-found");
            return gateway.services().doorQuestions.get() <= before + 1;
        });

        open(flow, Map.of());
        engine.announce("webhook.door-changed", flow);

        await().atMost(30, SECONDS).until(() -> post(flow, "{}").statusCode() == 200);
    }

    @Test
    void takesAPathWithASlashThatIsWrittenOut() throws Exception {
        var flow = IDS.next();
        open(flow, Map.of());

        assertThat(post(flow + "/orders/7%2F8", "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void aFlowThatIsStartingIsAskedForAgainInAMoment() throws Exception {
        var flow = IDS.next();
        open(flow, Map.of("open", false, "cors_origins", List.of("*")));

        var answer = post(flow, "{}");

        refused(answer, 503, "unavailable");
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        // Or a page's script could not read that it is to ask again.
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        open(flow, Map.of("open", true));
        engine.announce("webhook.door-changed", flow);
        await().atMost(30, SECONDS).until(() -> post(flow, "{}").statusCode() == 200);
    }

    @Test
    void aFlowWhoseStartHasNotBeenHeardOfYetIsStarting() throws Exception {
        var flow = IDS.next();
        refused(post(flow, "{}"), 404, "not-found");

        // The start is answered 202; that it had no door a moment ago is remembered still.
        gateway.services().wanted.add(flow);

        for (var method : new String[] {"POST", "GET", "PUT"}) {
            var answer = gateway.send(gateway.request("/hook/" + flow).method(method, BodyPublishers.noBody()));
            refused(answer, 503, "unavailable");
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        }
    }

    @Test
    void asksAgainWhenTheQueueIsGone() throws Exception {
        var flow = IDS.next();
        var first = open(flow, Map.of());
        assertThat(post(flow, "{}").statusCode()).isEqualTo(200);

        engine.delete(first);
        var second = open(flow, Map.of());
        assertThat(post(flow, "{}").statusCode()).isEqualTo(200);
        assertThat(engine.take(second)).isNotNull();

        engine.delete(second);
        refused(post(flow, "{}"), 404, "not-found");
    }

    @Test
    void aCallForARunThatIsGoneWaitsUntilTheNextOneIsOpen() throws Exception {
        var flow = IDS.next();
        var first = open(flow, Map.of());
        assertThat(post(flow, "{}").statusCode()).isEqualTo(200);

        engine.delete(first);
        engine.delete(open(flow, Map.of("open", false)));

        var answer = post(flow, "{}");
        refused(answer, 503, "unavailable");
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    }

    static Stream<Map<String, Object>> changes() {
        return Stream.of(
                Map.of("auth", Map.of("type", "basic", "username", "ann", "password_sha256", Ids.sha256("new"))),
                Map.of("auth", Map.of("type", "closed")),
                Map.of("reply", true),
                Map.of("raw", true));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aCallThatWasLetInByAnOlderDoorDoesNotGoThroughOneThatAsksForOtherThings(Map<String, Object> change)
            throws Exception {
        var flow = IDS.next();
        var basic = Map.of("type", "basic", "username", "ann", "password_sha256", Ids.sha256("old"));
        var first = open(flow, Map.of("auth", basic));
        UnaryOperator<HttpRequest.Builder> ann = r -> r.header("Authorization", RunningGateway.basic("ann", "old"));
        assertThat(post(flow, "{}", ann).statusCode()).isEqualTo(200);

        engine.delete(first);
        var now = new HashMap<String, Object>(Map.of("auth", basic));
        now.putAll(change);
        var second = open(flow, now);

        var answer = post(flow, "{}", ann);
        refused(answer, 503, "unavailable");
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        assertThat(engine.take(second)).isNull();
    }

    @Test
    void refusesMoreThanTheQueueMayKeep() throws Exception {
        var flow = IDS.next();
        open(flow, Map.of(), Map.of("x-queue-type", "quorum", "x-max-length", 1, "x-overflow", "reject-publish"));

        var statuses = new TreeSet<Integer>();
        for (var i = 0; i < 10; i++) {
            statuses.add(post(flow, "{}").statusCode());
        }

        assertThat(statuses).containsExactly(200, 429);
        assertThat(post(flow, "{}").headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void takesNoMoreForAFlowThanItMayHaveUnfinished() throws Exception {
        var flow = IDS.next();
        var queue = open(flow, Map.of("contract_id", "c" + flow));
        gateway.clock().hold();
        engine.announceBacklog("run-" + flow, flow, "c" + flow, 9_990);
        awaitBacklogs();

        var accepted = 0;
        var answer = post(flow, "{}");
        for (; answer.statusCode() == 200 && accepted < 100; answer = post(flow, "{}")) {
            accepted++;
        }

        refused(answer, 429, "too-many-requests");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(accepted).isEqualTo(10);
        assertThat(engine.count(queue)).isEqualTo(10);

        engine.announceBacklog("run-" + flow, flow, "c" + flow, 200);
        awaitBacklogs();
        assertThat(post(flow, "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void takesNoMoreForAContractThanItMayHaveUnfinished() throws Exception {
        var contract = "c" + IDS.next();
        gateway.clock().hold();
        for (var n = 0; n < 6; n++) {
            engine.announceBacklog("run-" + contract + n, "f" + contract + n, contract, 9_000);
        }
        awaitBacklogs();
        var flow = IDS.next();
        open(flow, Map.of("contract_id", contract));
        var other = IDS.next();
        open(other, Map.of("contract_id", "c" + other));

        refused(post(flow, "{}"), 429, "too-many-requests");
        assertThat(post(other, "{}").statusCode()).isEqualTo(200);

        for (var n = 0; n < 6; n++) {
            engine.announceBacklog("run-" + contract + n, "f" + contract + n, contract, 0);
        }
        awaitBacklogs();
        assertThat(post(flow, "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void takesNoMoreForAContractThanItMayHaveWaiting() throws Exception {
        var contract = "c" + IDS.next();
        var flow = IDS.next();
        open(flow, Map.of("contract_id", contract));
        var other = IDS.next();
        open(other, Map.of("contract_id", "c" + other));
        gateway.clock().hold();
        // What these weigh this gateway alone knows.
        var large = "\"" + "x".repeat(1_000_000) + "\"";
        for (var n = 0; n < 3; n++) {
            assertThat(post(flow, large).statusCode()).isEqualTo(200);
        }
        var told = (1L << 30) - 2_500_000;
        engine.announceBytes("one", contract, told, Map.of());
        awaitBacklogs();
        assertThat(post(flow, large).statusCode()).isEqualTo(200);

        engine.announceBytes("one", contract, told, Map.of("run-" + flow, 3L));
        engine.announceBytes("another", contract, 0, Map.of("run-" + flow, 2L));
        awaitBacklogs();
        var answer = post(flow, "{}");

        refused(answer, 429, "too-many-requests");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(post(other, "{}").statusCode()).isEqualTo(200);

        gateway.clock().advance(Duration.ofSeconds(6));
        assertThat(post(flow, "{}").statusCode())
                .as("a word that is old counts for nothing")
                .isEqualTo(200);
    }

    /** Until what was announced is heard, and summed up by a clock that is held. */
    private static void awaitBacklogs() throws Exception {
        var last = "run-" + IDS.next();
        engine.announceBacklog(last, "f" + last, "c" + last, 1);
        await().until(() -> gateway.bean(Backlogs.class).isKnown(last));
        // Sums are a tenth of a second old at most.
        gateway.clock().advance(Duration.ofMillis(150));
    }

    @AfterEach
    void release() {
        gateway.clock().release();
    }

    @Test
    void countsTheContractsQuota() throws Exception {
        var flow = IDS.next();
        open(flow, Map.of("contract_id", "c" + flow, "quota_per_minute", 2));

        assertThat(post(flow, "{}").statusCode()).isEqualTo(200);
        assertThat(post(flow, "{}").statusCode()).isEqualTo(200);
        refused(post(flow, "{}"), 429, "too-many-requests");
    }

    @Test
    void letsInWhoKnowsThePassword() throws Exception {
        var flow = IDS.next();
        open(flow, Map.of("auth", Map.of("type", "basic", "username", "ann", "password_sha256", Ids.sha256("pw"))));

        assertThat(post(flow, "{}").statusCode()).isEqualTo(401);
        assertThat(post(flow, "{}", r -> r.header("Authorization", RunningGateway.basic("ann", "no")))
                        .statusCode())
                .isEqualTo(401);
        assertThat(post(flow, "{}", r -> r.header("Authorization", RunningGateway.basic("bob", "pw")))
                        .statusCode())
                .isEqualTo(401);
        assertThat(post(flow, "{}", r -> r.header("Authorization", RunningGateway.basic("ann", "pw")))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void letsInWhoHasTheKeyAndKeepsItFromTheFlow() throws Exception {
        var flow = IDS.next();
        var queue = open(
                flow,
                Map.of(
                        "auth",
                        Map.of("type", "api_key", "headerName", "X-My-Key", "value_sha256", Ids.sha256("k-123"))));

        refused(post(flow, "{}"), 401, "unauthorized");
        refused(post(flow, "{}", r -> r.header("X-My-Key", "k-124")), 401, "unauthorized");
        assertThat(post(flow, "{}", r -> r.header("x-my-key", "k-123").header("X-Keep", "k"))
                        .statusCode())
                .isEqualTo(200);
        var headers = engine.frame(engine.take(queue).getBody()).path("headers");
        assertThat(headers.has("x-keep")).isTrue();
        assertThat(headers.has("x-my-key")).isFalse();
    }

    @Test
    void letsInWhoSignedTheBody() throws Exception {
        var flow = IDS.next();
        open(flow, Map.of("auth", Map.of("type", "hmac", "hmacSecret", "top-secret")));
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("top-secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        var signature = HexFormat.of().formatHex(mac.doFinal("{\"a\": 1}".getBytes(StandardCharsets.UTF_8)));

        refused(post(flow, "{\"a\": 1}"), 401, "unauthorized");
        refused(post(flow, "{\"a\": 2}", r -> r.header("x-eio-signature", signature)), 401, "unauthorized");
        assertThat(post(flow, "{\"a\": 1}", r -> r.header("x-eio-signature", signature))
                        .statusCode())
                .isEqualTo(200);
        // Its message would be the query, which nobody has signed.
        refused(
                gateway.send(gateway.request("/hook/" + flow + "?amount=1000000")
                        .header("Content-Type", "application/json")
                        .header("x-eio-signature", signature)
                        .method("GET", BodyPublishers.ofString("{\"a\": 1}"))),
                401,
                "unauthorized");
    }

    @Test
    void refusesBodiesThatCanBeNoMessage() throws Exception {
        var flow = IDS.next();
        var queue = open(flow, Map.of());

        refused(post(flow, "{\"a\":"), 400, "invalid-json");
        refused(post(flow, "[".repeat(50_000)), 400, "invalid-json");
        refused(post(flow, "x", r -> r.setHeader("Content-Type", "image/png")), 415, "unsupported-media-type");
        refused(post(flow, "\"" + "x".repeat(10 * 1024 * 1024) + "\""), 413, "payload-too-large");
        assertThat(engine.count(queue)).isZero();

        assertThat(post(flow, "\"" + "x".repeat(10 * 1024 * 1024 - 2) + "\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    void answersWithTheReplyOfTheFlow() throws Exception {
        var flow = IDS.next();
        var queue = open(flow, Map.of("reply", true));
        engine.work(queue, message -> {
            engine.reply(
                    message,
                    Map.of(
                            "statusCode", 203,
                            "headers", Map.of("X-End", "e", "Keep-Alive", "timeout=77", "Proxy-Authenticate", "Basic"),
                            "body", Map.of("ok", true)),
                    Map.of("protocolVersion", 1));
            engine.reply(message, Map.of("statusCode", 500), Map.of("protocolVersion", 1));
        });

        var answer = post(flow, "{}");

        assertThat(answer.statusCode()).isEqualTo(203);
        assertThat(answer.body()).isEqualTo("{\"ok\":true}");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json;charset=utf-8");
        assertThat(answer.headers().firstValue("X-End")).contains("e");
        assertThat(answer.headers().firstValue("Keep-Alive").orElse("")).doesNotContain("77");
        assertThat(answer.headers().firstValue("Proxy-Authenticate")).isEmpty();
    }

    @Test
    void answersWithAHeaderForEachOfItsValues() throws Exception {
        var flow = IDS.next();
        var queue = open(flow, Map.of("reply", true));
        engine.work(
                queue,
                message -> engine.reply(
                        message,
                        Map.of(
                                "statusCode",
                                200,
                                "headers",
                                Map.of(
                                        "X-Many",
                                        List.of("a=1; Path=/", "b=2"),
                                        "X-End",
                                        List.of("e"),
                                        "X-Number",
                                        List.of(1.0E-4, 1.23456789E7, 5))),
                        Map.of("protocolVersion", 2)));

        var answer = post(flow, "{}");

        assertThat(answer.headers().allValues("X-Many")).containsExactly("a=1; Path=/", "b=2");
        assertThat(answer.headers().allValues("X-End")).containsExactly("e");
        assertThat(answer.headers().allValues("X-Number")).containsExactly("0.0001", "12345678.9", "5");
    }

    private static final String LATIN_XML = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><r>é</r>";

    static Stream<Arguments> texts() {
        var latin = "text/plain; charset=ISO-8859-1";
        return Stream.of(
                arguments(latin, "é", "é".getBytes(StandardCharsets.ISO_8859_1)),
                arguments("text/plain; charset=\"windows-1252\"", "€", new byte[] {(byte) 0x80}),
                arguments("text/plain; charset=utf-16", "é", "é".getBytes(StandardCharsets.UTF_16)),
                arguments("text/plain", "é", "é".getBytes(StandardCharsets.UTF_8)),
                arguments(
                        "application/json; charset=ISO-8859-1",
                        Map.of("a", "é€"),
                        "{\"a\":\"\\u00E9\\u20AC\"}".getBytes(StandardCharsets.UTF_8)),
                arguments("application/xml", LATIN_XML, LATIN_XML.getBytes(StandardCharsets.ISO_8859_1)),
                arguments("application/xml; charset=utf-8", LATIN_XML, LATIN_XML.getBytes(StandardCharsets.UTF_8)),
                arguments("text/plain", LATIN_XML, LATIN_XML.getBytes(StandardCharsets.UTF_8)),
                arguments("nonsense", "é", "é".getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void answersInTheCharsetThatTheReplyNames(String type, Object body, byte[] expected) throws Exception {
        var flow = replying(Map.of("statusCode", 200, "headers", Map.of("Content-Type", type), "body", body));

        var answer = HttpClient.newHttpClient()
                .send(
                        gateway.request("/hook/" + flow)
                                .POST(BodyPublishers.ofString("{}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(expected);
    }

    static Stream<Arguments> unfit() {
        var long8k = "x".repeat(9000);
        return Stream.of(
                arguments(Map.of("X-A", long8k), "t", "X-A"),
                arguments(Map.of("X-A", "5 €"), "t", "X-A"),
                arguments(Map.of("X-A", "a\r\nX-B: b"), "t", "X-A"),
                arguments(Map.of("X-A", Map.of("a", 1)), "t", "X-A"),
                arguments(Map.of("X-A", List.of("a", Map.of("a", 1))), "t", "X-A"),
                arguments(Map.of("X A", "a"), "t", "name"),
                arguments(
                        IntStream.range(0, 10).boxed().collect(Collectors.toMap(n -> "X-" + n, _ -> "x".repeat(7000))),
                        "t",
                        "together"),
                arguments(Map.of("Content-Type", "text/plain; charset=ISO-8859-1"), "日", "ISO-8859-1"),
                arguments(Map.of("Content-Type", "text/plain; charset=x-none"), "t", "x-none"),
                arguments(Map.of("Content-Type", "application/xml"), LATIN_XML.replace('é', '日'), "ISO-8859-1"),
                arguments(Map.of("Content-Type", "text/plain; charset=\u20ac"), "t", "Content-Type"));
    }

    @ParameterizedTest
    @MethodSource("unfit")
    void saysWhatOfAReplyCanNotBeSentInsteadOfChangingIt(Map<String, Object> headers, String body, String named)
            throws Exception {
        var flow = replying(Map.of("statusCode", 200, "headers", headers, "body", body));

        var answer = post(flow, "{}");

        refused(answer, 500, "internal-error");
        assertThat(error(answer).path("detail").asString()).contains(named);
        assertThat(error(answer).path("meta").path("exec_id").asString()).matches("[0-9a-f]{32}");
    }

    @Test
    void sendsHeadersThatAreLargeTogether() throws Exception {
        var headers = IntStream.range(0, 6).boxed().collect(Collectors.toMap(n -> "X-" + n, _ -> "é".repeat(8000)));
        var flow = replying(Map.of("statusCode", 200, "headers", headers, "body", "t"));

        var answer = post(flow, "{}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-5").orElse("")).hasSize(8000);
    }

    @Test
    void sendsALiteralNullAndAnArrayOfHeaders() throws Exception {
        var reply = new HashMap<String, Object>(Map.of("statusCode", 200));
        var headers = new HashMap<String, Object>(Map.of("Link", List.of("<a>", "<b>"), "X-N", 5, "X-B", true));
        headers.put("X-None", null);
        reply.put("headers", headers);
        reply.put("body", null);
        var flow = replying(reply);

        var answer = post(flow, "{}");

        assertThat(answer.body()).isEqualTo("null");
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(answer.headers().allValues("Link")).containsExactly("<a>", "<b>");
        assertThat(answer.headers().firstValue("X-N")).contains("5");
        assertThat(answer.headers().firstValue("X-B")).contains("true");
        assertThat(answer.headers().firstValue("X-None")).isEmpty();
    }

    @Test
    void leavesOutWhatWouldActOnTheWholeOrigin() throws Exception {
        var headers = Map.of(
                "Set-Cookie", "a=1",
                "Service-Worker-Allowed", "/",
                "Clear-Site-Data", "*",
                "Strict-Transport-Security", "max-age=1",
                "NEL", "{}",
                "Alt-Svc", "h3=\":443\"",
                "Content-Security-Policy", "default-src 'none'",
                "X-Content-Type-Options", "none",
                "Cache-Control", "max-age=60",
                "X-Keep", "k");
        var flow = replying(Map.of("statusCode", 200, "headers", headers, "body", "t"));

        var answer = post(flow, "{}");

        assertThat(answer.headers().map().keySet().stream().map(String::toLowerCase))
                .contains("x-keep")
                .doesNotContain("set-cookie", "service-worker-allowed", "clear-site-data", "strict-transport-security")
                .doesNotContain("nel", "alt-svc");
        assertThat(answer.headers().allValues("Content-Security-Policy")).contains("sandbox", "default-src 'none'");
        assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("max-age=60");
    }

    @Test
    void marksRepliesForPagesAndLetsTheFlowSayOtherwise() throws Exception {
        var origins = Map.<String, Object>of("cors_origins", List.of("https://a.test"));
        var plain = replying(Map.of("statusCode", 201, "headers", Map.of(), "body", "t"), origins);
        var own = replying(
                Map.of("statusCode", 201, "headers", Map.of("Access-Control-Allow-Origin", "*"), "body", "t"), origins);

        var answer = post(plain, "{}", request -> request.header("Origin", "https://a.test"));
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().allValues("Access-Control-Allow-Origin")).containsExactly("https://a.test");
        var other = post(own, "{}", request -> request.header("Origin", "https://a.test"));
        assertThat(other.headers().allValues("Access-Control-Allow-Origin")).containsExactly("*");
    }

    private static String replying(Map<String, Object> reply) throws Exception {
        return replying(reply, Map.of());
    }

    private static String replying(Map<String, Object> reply, Map<String, Object> more) throws Exception {
        var flow = IDS.next();
        var door = new HashMap<String, Object>(more);
        door.put("reply", true);
        var queue = open(flow, door);
        engine.work(queue, message -> engine.reply(message, reply, Map.of("protocolVersion", 2)));
        return flow;
    }

    @Test
    void answersWithTheMessageOfAReplyComponent() throws Exception {
        var flow = IDS.next();
        var queue = open(flow, Map.of("reply", true));
        engine.work(
                queue,
                message -> engine.reply(
                        message,
                        Map.of(
                                "headers",
                                Map.of("x-eio-status-code", "201", "Content-Type", "text/csv", "reply_to", "r"),
                                "body",
                                "a;b"),
                        Map.of("protocolVersion", 2)));

        var answer = post(flow, "{}");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("a;b");
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
        assertThat(answer.headers().firstValue("reply_to")).isEmpty();
    }

    @Test
    void answersAnErrorOfTheFlow() throws Exception {
        var flow = IDS.next();
        var queue = open(flow, Map.of("reply", true));
        engine.work(
                queue,
                message -> engine.reply(
                        message,
                        Map.of("name", "Error", "message", "no luck", "stack", "at x"),
                        Map.of("x-eio-error-response", true)));

        var answer = post(flow, "{}");

        refused(answer, 500, "internal-error");
        assertThat(answer.body()).contains("no luck").doesNotContain("at x");
        assertThat(error(answer).path("meta").path("exec_id").asString()).matches("[0-9a-f]{32}");
    }

    @Test
    void answersAtOnceWhenTheExecutionEndsWithoutAReply() throws Exception {
        var flow = IDS.next();
        var queue = open(flow, Map.of("reply", true, "reply_timeout_ms", 30_000));
        engine.work(
                queue,
                message -> engine.announceEnd(
                        message,
                        engine.frame(message.getBody())
                                .path("body")
                                .path("status")
                                .asString()));

        var completed = post(flow, "{\"status\":\"completed\"}");
        assertThat(completed.statusCode()).as(completed.body()).isEqualTo(200);
        assertThat(JSON.readTree(completed.body()).path("requestId").asString()).matches("[0-9a-f]{32}");

        for (var status : List.of("failed", "canceled")) {
            var ended = post(flow, "{\"status\":\"" + status + "\"}");
            refused(ended, 500, "internal-error");
            assertThat(error(ended).path("meta").path("exec_id").asString()).matches("[0-9a-f]{32}");
        }
    }

    @Test
    void doesNotWaitForever() throws Exception {
        var flow = IDS.next();
        var queue = open(flow, Map.of("reply", true, "reply_timeout_ms", 200));

        var answer = post(flow, "{}");

        refused(answer, 504, "reply-timeout");
        assertThat(error(answer).path("meta").path("exec_id").asString()).matches("[0-9a-f]{32}");
        assertThat(engine.take(queue)).isNotNull();
        assertThat(gateway.bean(ReplyPlaces.class).waiting()).isZero();
    }

    /** It might unpack to ten megabytes, of which a form makes ten times as much, and nobody answers. */
    @Test
    void aPackedBodyWhoseCallerWaitsForAReplyKeepsNobodyWaiting() throws Exception {
        var slow = IDS.next();
        var slowQueue = open(slow, Map.of("reply", true, "reply_timeout_ms", 60_000));
        var other = IDS.next();
        open(other, Map.of("tenant_id", "other"));
        var form = new byte[30_000];
        new Random(7).nextBytes(form);
        var packed = gzip("a=" + HexFormat.of().formatHex(form));
        var waits = packed(slow, packed);
        await().until(() -> engine.count(slowQueue) == 1);

        assertThat(post(other, "{\"a\":\"" + "x".repeat(100_000) + "\"}").statusCode())
                .isEqualTo(200);
        var waitsToo = packed(slow, packed);
        await().until(() -> engine.count(slowQueue) == 2);

        assertThat(waits.isDone() || waitsToo.isDone()).isFalse();
        engine.work(slowQueue, message -> engine.announceEnd(message, "completed"));
        assertThat(waits.get(30, SECONDS).statusCode()).isEqualTo(200);
        assertThat(waitsToo.get(30, SECONDS).statusCode()).isEqualTo(200);
    }

    private static CompletableFuture<HttpResponse<String>> packed(String flow, byte[] body) {
        return gateway.sendAsync(gateway.request("/hook/" + flow)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private static byte[] gzip(String text) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var stream = new GZIPOutputStream(packed)) {
            stream.write(text.getBytes(StandardCharsets.US_ASCII));
        }
        return packed.toByteArray();
    }

    @Test
    void losesNoneOfManyCallsAndWhatItAcknowledgedSurvivesALostConnection() throws Exception {
        var flow = IDS.next();
        var queue = open(flow, Map.of(), Map.of("x-queue-type", "quorum"));
        var acknowledged = new ConcurrentSkipListSet<String>();
        var unavailable = new AtomicInteger();
        var sent = new AtomicInteger();

        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var caller = 0; caller < 16; caller++) {
                callers.submit(() -> {
                    for (var i = 0; i < 60; i++) {
                        var answer = post(flow, "{}");
                        sent.incrementAndGet();
                        if (answer.statusCode() == 200) {
                            acknowledged.add(JSON.readTree(answer.body())
                                    .path("requestId")
                                    .asString());
                        } else {
                            assertThat(answer.statusCode()).isEqualTo(503);
                            assertThat(answer.headers().firstValue("Retry-After"))
                                    .isPresent();
                            unavailable.incrementAndGet();
                        }
                    }
                    return null;
                });
            }
            await().atMost(30, SECONDS).until(() -> sent.get() > 300);
            wire.goAway();
            await().atMost(30, SECONDS).until(() -> unavailable.get() > 20 || sent.get() == 960);
            wire.comeBack();
        }
        await().atMost(30, SECONDS).until(() -> post(flow, "{}").statusCode() == 200);

        var found = new TreeSet<String>();
        for (var message = engine.take(queue); message != null; message = engine.take(queue)) {
            assertThat(found.add(message.getProps().getHeaders().get("threadId").toString()))
                    .isTrue();
        }
        assertThat(sent.get()).isEqualTo(960);
        assertThat(unavailable.get()).isPositive();
        assertThat(found).containsAll(acknowledged);
    }

    @Test
    void countsCallsByAnswerAndTimesTheirConfirms() throws Exception {
        var flow = IDS.next();
        open(flow, Map.of());
        var registry = gateway.bean(MeterRegistry.class);
        var accepted = registry.get("weft.door.calls").tag("answer", "accepted").counter();
        var unknown = registry.get("weft.door.calls").tag("answer", "not-found").counter();
        var confirms =
                registry.get("weft.door.confirm").tag("outcome", "accepted").timer();
        var acceptedBefore = accepted.count();
        var unknownBefore = unknown.count();
        var confirmsBefore = confirms.count();

        assertThat(post(flow, "{}").statusCode()).isEqualTo(200);
        assertThat(post(IDS.next(), "{}").statusCode()).isEqualTo(404);

        // They are counted when they have been answered.
        await().untilAsserted(() -> {
            assertThat(accepted.count() - acceptedBefore).isEqualTo(1);
            assertThat(unknown.count() - unknownBefore).isEqualTo(1);
            assertThat(confirms.count() - confirmsBefore).isEqualTo(1);
        });
        assertThat(gateway.metrics())
                .contains("weft_door_calls_total{answer=\"accepted\"}", "weft_door_confirm_seconds_count{outcome=");
    }

    private static String open(String flow, Map<String, Object> more) throws Exception {
        return open(flow, more, Map.of());
    }

    /** Plays execution-service: the flow is active from now on. */
    private static String open(String flow, Map<String, Object> more, Map<String, Object> arguments) throws Exception {
        var queue = engine.queue(flow, arguments);
        var door = new HashMap<String, Object>(Map.of(
                "flow_id",
                flow,
                "workspace_id",
                "w",
                "user_id",
                "u",
                "run_id",
                "run-" + flow,
                "queue",
                queue,
                "step_id",
                "step_1",
                "version",
                "v",
                "reply",
                false,
                "raw",
                false,
                "tenant_id",
                "t"));
        door.put("auth", Map.of("type", "no_auth"));
        door.put("quota_per_minute", null);
        door.putAll(more);
        gateway.services().doors.put(flow, JSON.writeValueAsString(door));
        return queue;
    }

    private static HttpResponse<String> post(String path, String body) throws Exception {
        return post(path, body, UnaryOperator.identity());
    }

    private static HttpResponse<String> post(String path, String body, UnaryOperator<HttpRequest.Builder> more)
            throws Exception {
        return gateway.send(more.apply(gateway.request("/hook/" + path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))));
    }

    private static tools.jackson.databind.JsonNode error(HttpResponse<String> answer) {
        return JSON.readTree(answer.body()).path("errors").path(0);
    }

    private static void refused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(error(answer).path("code").asString()).isEqualTo(code);
    }
}

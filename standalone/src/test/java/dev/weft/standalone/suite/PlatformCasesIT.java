package dev.weft.standalone.suite;

import static dev.weft.standalone.suite.Api.chain;
import static dev.weft.standalone.suite.Api.node;
import static dev.weft.standalone.suite.CaseFlows.HOOK;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A number is a row of the contract's tables of cases: J of "JSONata", S of "Schedules, code, mail", P of "The platform";
 * a letter behind it is a sibling. The values of expressions are in {@code CasesOfExpressionsTest} of the
 * execution-service.
 */
@ExtendWith(LogsOfFailure.class)
class PlatformCasesIT {

    private static CaseFlows flows;

    @BeforeAll
    static void start() throws Exception {
        var mail = Map.<String, Object>of("to", "to", "subject", "subject", "text", "text", "html", "html");
        flows = new CaseFlows()
                .flow("J13", replying("$fromMillis(t)"))
                .flow("J13a", replying("$number(t)"))
                .flow("J13b", replying("t + 1"))
                .flow("J13c", replying("$toMillis(t)"))
                .flow("S1", timer(Map.of("timezone", "UTC")), List.of(), Map.of("cron", "0 0 * * */2"))
                .flow("S1a", timer(Map.of("timezone", "UTC")), List.of(), Map.of("cron", "0 0 * * */3"))
                .flow("S2", timer(Map.of("timezone", "UTC")), List.of(), Map.of("cron", "0 0 * * 7-7"))
                .flow("S2a", timer(Map.of("timezone", "UTC")), List.of(), Map.of("cron", "0 0 * * 5-7"))
                .flow("S3", timer(Map.of("timezone", "Asia/Kolkata")), List.of(), Map.of("cron", "0 2 * * *"))
                .flow("S3a", timer(Map.of("timezone", "America/New_York")), List.of(), Map.of("cron", "0 9 * * mon"))
                .flow("S4", code("(async () => {throw new Error('lost')})(); return {a: 1}"))
                .flow("S4a", code("Promise.reject(new Error('lost')); return {a: 1}"))
                .flow("S4b", code("setTimeout(() => {throw new Error('lost')}, 1); return {a: 1}"))
                .flow("caught", code("(async () => {throw new Error('lost')})().catch(() => {}); return {a: 1}"))
                .flow("mail", List.of(HOOK, node("mail", "weft/email:send", mail)))
                .flow("lines", code("for (let i = 0; i < 12; i++) { console.log('line ' + i) }"))
                .flow("said", List.of(HOOK, node("say", "weft/log:log", Map.of("message", "m"))))
                .flow("old", replying("n"))
                .start();
    }

    @AfterAll
    static void end() {
        flows.close();
    }

    private static List<Map<String, Object>> timer(Map<String, Object> fields) {
        return List.of(node("timer", "weft/timer:timer", fields));
    }

    private static List<Map<String, Object>> replying(String expression) {
        return List.of(HOOK, node("reply", "weft/http:reply", Map.of("body", expression)));
    }

    private static List<Map<String, Object>> code(String text) {
        return List.of(
                HOOK, node("code", "weft/code:execute", Map.of("code", "async function run(msg) { " + text + " }")));
    }

    // ---- JSONata

    @ParameterizedTest(name = "{0} an error shows the caller nothing of the message")
    @ValueSource(strings = {"J13", "J13a", "J13b", "J13c"})
    void anErrorOfAnExpression(String flow) throws Exception {
        var answer = flows.post(flow, "{\"t\":\"sesame\",\"key\":\"sesame\"}");

        assertThat(flows.failure(answer).path("message").stringValue()).isNotEmpty();
        assertThat(new String(answer.body(), UTF_8)).doesNotContain("sesame");
    }

    // ---- schedules

    /** @param days on which it is due at that time of the zone */
    @ParameterizedTest(name = "{0} {2} {3} on {1}")
    @CsvSource({
        "S1,  Sun Tue Thu Sat,             00:00, UTC",
        "S1a, Sun Wed Sat,                 00:00, UTC",
        "S2,  Sun,                         00:00, UTC",
        "S2a, Fri Sat Sun,                 00:00, UTC",
        "S3,  Mon Tue Wed Thu Fri Sat Sun, 20:30, UTC",
        "S3a, Mon,                         09:00, America/New_York",
    })
    void aCron(String flow, String days, LocalTime time, ZoneId zone) {
        // When that moment passes in between, the next may be shown.
        var before = due(days, time, zone);
        var shown = flows.api().get("/v2/flows/" + flows.id(flow)).data().at("/attributes/due_execution");

        assertThat(Instant.parse(shown.stringValue())).isIn(before, due(days, time, zone));
    }

    private static Instant due(String days, LocalTime time, ZoneId zone) {
        var now = ZonedDateTime.now(zone);
        return IntStream.rangeClosed(0, 7)
                .mapToObj(day -> now.toLocalDate().plusDays(day).atTime(time).atZone(zone))
                .filter(at -> at.isAfter(now)
                        && days.contains(at.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH)))
                .findFirst()
                .orElseThrow()
                .toInstant();
    }

    // ---- code

    @ParameterizedTest(name = "{0} a rejection that nobody catches")
    @ValueSource(strings = {"S4", "S4a", "S4b"})
    void aRejection(String flow) throws Exception {
        var thanks = CaseFlows.json(flows.post(flow, "{}"));

        var error = flows.failure(thanks.path("requestId").stringValue());
        assertThat(error.path("step_id").stringValue()).isEqualTo("code");
        assertThat(error.path("message").stringValue()).contains("lost");
    }

    @Test
    @DisplayName("S4 a rejection that is caught is none")
    void s4() throws Exception {
        flows.execution(flows.post("caught", "{}"), "completed");
    }

    // ---- mail

    /** @param sent to whom, or the text */
    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "S5  | to   | '\\'Doe, Jane\\' <j@x.test>'            | Doe, Jane <j@x.test>",
                "S5a | to   | '\\'Doe, Jane\\' <j@x.test>, b@x.test'  | Doe, Jane <j@x.test> <b@x.test>",
                "S5b | to   | ['\\'D, J\\' <j@x.test>', 'b@x.test']   | D, J <j@x.test> <b@x.test>",
                "S5c | to   | 'Jörg <j@müller.test>'                  | Jörg <j@xn--mller-kva.test>",
                "S6  | text | {'a':1}                                 | {'a':1}",
                "S6a | text | [1,'é']                                 | [1,'é']",
                "S6b | text | 2.50                                    | 2.5",
            })
    void aMail(String id, String field, String value, String right) throws Exception {
        var ended = flows.execution(mail(field, value), "completed");

        var message = ended.at("/steps/1/outputs/0/body/messageId").stringValue();
        var file = Topology.shared().mail().resolve(message.substring(1, message.indexOf('@')) + ".eml");
        try (var bytes = Files.newInputStream(file)) {
            var sent = new MimeMessage(Session.getInstance(new Properties()), bytes);
            assertThat(
                            field.equals("to")
                                    ? recipients(sent)
                                    : sent.getContent().toString().strip())
                    .isEqualTo(right.replace('\'', '"'));
        }
    }

    private static String recipients(MimeMessage mail) throws Exception {
        var shown = new StringJoiner(" ");
        for (var recipient : mail.getAllRecipients()) {
            var address = (InternetAddress) recipient;
            shown.add((address.getPersonal() == null ? "" : address.getPersonal() + " ") + "<" + address.getAddress()
                    + ">");
        }
        return shown.toString();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "S5d | to      | {'a':1}",
                "S5e | to      | 'Doe, Jane <j@x.test>'",
                "S6c | subject | {'a':1}",
                "S6d | html    | {'a':1}",
                "S6e | subject | 'a\\r\\nBcc: b@x.test'",
                "S6f | text    | '\\ud800'",
                "S6g | to      | '\\ud800 <j@x.test>'",
            })
    void aMailThatIsNotSent(String id, String field, String value) throws Exception {
        var thanks = CaseFlows.json(mail(field, value));

        assertThat(flows.failure(thanks.path("requestId").stringValue())
                        .path("message")
                        .stringValue())
                .contains(field)
                .doesNotContain("{a=");
    }

    /** @param value in the text of the call, where also half a character can be written */
    private static HttpResponse<byte[]> mail(String field, String value) throws Exception {
        var to = field.equals("to") ? value : "'j@x.test'";
        var subject = field.equals("subject") ? value : "'s'";
        var more = field.equals("to") || field.equals("subject") ? "" : ",'" + field + "':" + value;
        return flows.post(
                "mail", "{'to':%s,'subject':%s%s}".formatted(to, subject, more).replace('\'', '"'));
    }

    // ---- the platform

    /** Also flows without a webhook, whose first queue is another. */
    @Test
    @DisplayName("P1 flows that are stopped right after their start harm no others")
    void p1() throws Exception {
        var api = flows.api();
        var stopped = new ArrayList<Callable<Integer>>();
        for (var i = 0; i < 20; i++) {
            var nodes = i % 4 == 3 ? timer(Map.of()) : replying("n");
            stopped.add(() -> {
                var flow = api.create(nodes, chain(nodes), Map.of("cron", "0 0 1 1 *"))
                        .data()
                        .path("id")
                        .stringValue();
                api.post("/v2/flows/" + flow + "/start", "");
                return api.post("/v2/flows/" + flow + "/stop", "").status();
            });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var each : threads.invokeAll(stopped)) {
                assertThat(each.get()).isBetween(200, 202);
            }
        }

        try (var young = new CaseFlows().flow("new", replying("n")).start()) {
            assertThat(CaseFlows.json(young.post("new", "{\"n\":1}")).intValue())
                    .isEqualTo(1);
        }
        assertThat(CaseFlows.json(flows.post("old", "{\"n\":2}")).intValue()).isEqualTo(2);
    }

    @Test
    @DisplayName("P2 lines of a log stand in the order of their writing, newest first")
    void p2() throws Exception {
        flows.execution(flows.post("lines", "{}"), "completed");

        assertThat(logs("lines", "", 12))
                .containsExactlyElementsOf(IntStream.iterate(11, i -> i >= 0, i -> i - 1)
                        .mapToObj(i -> "line " + i)
                        .toList());
    }

    @ParameterizedTest(name = "{0} {1} in {2}")
    @CsvSource({
        "P3,  ünï,    Ünï code,    <em>Ünï</em> code",
        "P3a, ПРИВЕТ, привет мир,  <em>привет</em> мир",
        "P3b, a.c,    abc A.C,     abc <em>A.C</em>",
        "P3c, 😀,     a😀b,        a<em>😀</em>b",
    })
    void aSearch(String id, String search, String message, String marked) throws Exception {
        flows.execution(flows.post("said", Api.JSON.writeValueAsString(Map.of("m", message))), "completed");

        assertThat(logs("said", search, 1)).containsExactly(marked);
    }

    /** The messages, once there are as many. */
    private static List<String> logs(String flow, String search, int count) {
        var path = "/v2/logs?workspace_id=" + flows.api().workspace() + "&flow_ids%5B%5D=" + flows.id(flow) + "&search="
                + URLEncoder.encode(search, UTF_8);
        var found = new ArrayList<String>();
        Awaitility.await(count + " lines of " + flow)
                .atMost(Duration.ofSeconds(60))
                .until(() -> {
                    found.clear();
                    flows.api()
                            .get(path)
                            .body()
                            .path("hits")
                            .forEach(hit -> found.add(hit.path("message").stringValue()));
                    return found.size() >= count;
                });
        return found;
    }

    @ParameterizedTest(name = "{0} {1} emoji")
    @CsvSource({"P4, 128, 201", "P4a, 255, 201", "P4b, 256, 400"})
    void aNameOfEmoji(String id, int count, int status) {
        assertThat(named("😀".repeat(count)).status()).isEqualTo(status);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"P5, 10, 400", "P5a, 0, 400", "P5b, 127, 400", "P5c, 133, 400", "P5d, 9, 201"})
    void aNameWithAControlCharacter(String id, int character, int status) {
        var answer = named("a" + (char) character + "b");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.pointer()).isEqualTo(status == 400 ? "/data/attributes/name" : "");
    }

    private static Api.Answer named(String name) {
        var nodes = List.of(HOOK);
        return flows.api().create(nodes, chain(nodes), Map.of("name", name));
    }
}

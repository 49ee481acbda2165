package dev.weft.gateway.answer;

import static dev.weft.gateway.RunningGateway.basic;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.gateway.PlayedServices;
import dev.weft.gateway.RunningGateway;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The table of {@code docs/security.md}, seen from outside at every public path; and what else makes the door safe. */
class SecurityHeadersIT {

    private static final String FLOW = "5abbb9d4bc984b000739761a";
    private static final String DOOR = "{\"flow_id\":\"" + FLOW + "\",\"workspace_id\":\"w\",\"run_id\":\"r\","
            + "\"queue\":\"q\",\"step_id\":\"s\",\"reply\":false,\"raw\":false}";
    private static final String TRANSPORT = "strict-transport-security";
    private static final Map<String, Map<String, String>> TABLE = table();

    private static RunningGateway gateway;

    private record Answer(int status, Map<String, List<String>> headers, String body) {

        String only(String header) {
            return headers.getOrDefault(header, List.of()).stream().collect(joining(" AND "));
        }
    }

    @BeforeAll
    static void start() throws IOException {
        gateway = new RunningGateway(
                new PlayedServices(),
                RunningGateway.broker(),
                Map.of(
                        "weft.services.registry", "http://127.0.0.1:1",
                        "weft.gateway.public-url", "https://weft.test",
                        "weft.gateway.webhook-host", "hooks.test",
                        "weft.gateway.trusted-proxies", "127.0.0.0/8",
                        "weft.gateway.connections-per-address", "50"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void know() {
        gateway.services().keys.put("ann@acme.org", "first");
        gateway.services().doors.put(FLOW, DOOR);
    }

    @Test
    void everyEndpointOfTheTable() throws IOException {
        for (var line : endpoints()) {
            var words = line.split(" +", -1);
            var path = words[1].replaceAll("\\{[^}]*}", FLOW).replace("**", "x");
            var family = line.endsWith(" file") && !words[2].equals("registry") ? "file" : "api";
            gateway.services().keys.put("ann@acme.org", "first");
            var good = require(family, call(words[0].equals("GONE") ? "GET" : words[0], path, AS_ANN));
            if (words[0].equals("GONE")) {
                assertThat(good.status()).as(line).isEqualTo(410);
            } else if (words[2].equals("registry")) {
                // It is away.
                assertThat(good.status()).as(line).isEqualTo(503);
            } else {
                assertThat(good.status()).as(line).isBetween(200, 299);
            }
            require("api", call("GET", path, ""));
            require("api", call("BREW", path, AS_ANN));
        }
    }

    /** Each way to be refused, at each endpoint of the table: by the gateway, and by the service. */
    @Test
    void everyRefusalAtEveryEndpoint() throws IOException {
        var met = new TreeSet<Integer>();
        for (var line : endpoints()) {
            var words = line.split(" +", -1);
            var path = words[1].replaceAll("\\{[^}]*}", FLOW).replace("**", "x");
            if (words[0].equals("GONE")) {
                met.add(require("api", asAnn("GET", path, "")).status());
                continue;
            }
            var isFile = line.endsWith(" file");
            for (var refused : List.of(
                    call(words[0], path, ""),
                    call(words[0], path, "Authorization: " + basic("throttled@acme.org", "x") + "\r\n"),
                    asAnn("BREW", path, ""),
                    asAnn(words[0], path + "/x/y/z", ""),
                    asAnn(words[0], path + "?a=%zz", ""),
                    asAnn(words[0], path, "X-Break: now\r\n"))) {
                met.add(require("api", refused).status());
            }
            if (!isFile) {
                met.add(require("api", asAnn(words[0], path, "Accept: text/html\r\n"))
                        .status());
            }
            for (var status : List.of(400, 403, 404, 409, 429, 500)) {
                // One of the services is away.
                var family = isFile && !words[2].equals("registry") ? "file" : "api";
                met.add(require(family, asAnn(words[0], path, "X-Status: " + status + "\r\n"))
                        .status());
            }
            if (List.of("POST", "PUT", "PATCH").contains(words[0])) {
                for (var body : List.of(
                        "Content-Type: text/plain\r\nContent-Length: 1\r\n\r\nx",
                        "Content-Type: application/json\r\nContent-Length: 1\r\n\r\n{",
                        "Content-Type: application/json\r\nContent-Length: 99999999\r\n\r\n")) {
                    met.add(require("api", asAnn(words[0], path, body)).status());
                }
            }
        }
        assertThat(met).contains(400, 401, 403, 404, 405, 406, 409, 410, 413, 415, 429, 500, 503);
    }

    @Test
    void everyRefusalOfAWebhook() throws IOException {
        var keep = "{\"flow_id\":\"%s\",\"workspace_id\":\"w\",\"run_id\":\"r\",\"queue\":\"q\",\"step_id\":\"s\","
                + "\"reply\":false,\"raw\":false,%s}";
        var locked = "7abbb9d4bc984b000739761a";
        var starting = "7abbb9d4bc984b000739761b";
        var few = "7abbb9d4bc984b000739761c";
        var doors = gateway.services().doors;
        doors.put(
                locked,
                keep.formatted(locked, "\"auth\":{\"type\":\"basic\",\"username\":\"u\",\"password_sha256\":\"x\"}"));
        doors.put(starting, keep.formatted(starting, "\"open\":false"));
        doors.put(few, keep.formatted(few, "\"contract_id\":\"few\",\"quota_per_minute\":1"));
        for (var host :
                Map.of("weft.test", "webhook", "hooks.test", "webhook_host").entrySet()) {
            var met = new TreeSet<Integer>();
            for (var path :
                    List.of("/hook/x", "/hook/6abbb9d4bc984b000739761a", "/hook/" + locked, "/hook/" + starting)) {
                met.add(require(host.getValue(), call("GET", path, "", host.getKey()))
                        .status());
            }
            for (var n = 0; n < 2; n++) {
                met.add(require(host.getValue(), call("GET", "/hook/" + few, "", host.getKey()))
                        .status());
            }
            met.add(require(host.getValue(), call("PUT", "/hook/" + FLOW, "", host.getKey()))
                    .status());
            for (var body : List.of(
                    "Content-Type: image/png\r\nContent-Length: 1\r\n\r\nx",
                    "Content-Type: application/json\r\nContent-Length: 1\r\n\r\n{",
                    "Content-Type: application/json\r\nContent-Length: 99999999\r\n\r\n")) {
                met.add(require(host.getValue(), call("POST", "/hook/" + FLOW, body, host.getKey()))
                        .status());
            }
            assertThat(met).contains(400, 401, 404, 405, 413, 415, 429, 503);
        }
    }

    @Test
    void theDescriptionAndItsViewer() throws IOException {
        for (var path : List.of("/openapi/v2.json", "/docs", "/docs/viewer.js", "/docs/swagger-ui-bundle.js")) {
            assertThat(require("docs", call("GET", path, "")).status()).isEqualTo(200);
            assertThat(require("docs", call("POST", path, "")).status()).isEqualTo(405);
            assertThat(require("docs", call("GET", path + "/x", "")).status()).isEqualTo(404);
        }
    }

    @Test
    void everyRefusalOfLogInAndFiles() throws IOException {
        var token = "/auth/realms/weft/protocol/openid-connect/token";
        var met = new TreeSet<Integer>();
        for (var refused : List.of(
                call("GET", "/auth/realms/master/account", ""),
                call("POST", token, "X-Break: now\r\nContent-Length: 0\r\n"),
                call("POST", token, "Content-Length: 99999999\r\n"))) {
            met.add(require("api", refused).status());
        }
        for (var status : List.of(400, 401, 404, 405, 415, 429, 500)) {
            met.add(require("keycloak", call("POST", token, "Content-Length: 0\r\nX-Status: " + status + "\r\n"))
                    .status());
        }
        assertThat(met).contains(400, 401, 404, 405, 413, 415, 429, 503);

        for (var method : List.of("GET", "PUT", "POST", "BREW")) {
            met.add(require("file", call(method, "/files/x", "")).status());
        }
        assertThat(require("file", call("GET", "/files/x?a=%zz", "")).status()).isIn(400, 404);
    }

    @Test
    void whatTheGatewayRefusesAnywhere() throws IOException {
        for (var path :
                List.of("/", "/nothing", "/v2", "/v2/nothing", "/auth", "/auth/admin/", "/hook", "/internal/x")) {
            require("api", call("GET", path, AS_ANN));
        }
        for (var path : List.of("/files/x", "/files/" + FLOW + "/y")) {
            require("file", call("GET", path, AS_ANN));
        }
        for (var line : List.of("NONSENSE", "GET /v2/a b HTTP/1.1", "GET /v2/%zz HTTP/1.1", "GET /v2/%00 HTTP/1.1")) {
            require("api", send(line + "\r\nHost: x\r\nConnection: close\r\n\r\n"));
        }
        var tooLarge = AS_ANN + "Content-Type: application/json\r\nContent-Length: 99999999\r\n";
        var refused = send("POST /v2/flows HTTP/1.1\r\nHost: weft.test\r\n" + tooLarge + "\r\n");
        assertThat(refused.status()).isEqualTo(413);
        require("api", refused);
        var throttled = call("GET", "/v2/flows", "Authorization: " + basic("throttled@acme.org", "x") + "\r\n");
        assertThat(throttled.status()).isEqualTo(429);
        require("api", throttled);
        var down = call("GET", "/v2/components", AS_ANN);
        assertThat(down.status()).isEqualTo(503);
        require("api", down);
    }

    @Test
    void webhooksAtTheHostOfAllAndAtTheirOwn() throws IOException {
        for (var path : List.of("/hook/" + FLOW, "/hook/" + FLOW + "/a%2Fb")) {
            assertThat(call("HEAD", path, "").status()).as(path).isEqualTo(200);
            assertThat(call("HEAD", path, "", "Hooks.Test:8443").status())
                    .as(path)
                    .isEqualTo(200);
        }
        var unknown = "/hook/6abbb9d4bc984b000739761a";
        for (var path : List.of("/hook/" + FLOW, "/hook/" + FLOW + "/a%2Fb", "/hook/x", "/hook/", unknown)) {
            for (var method : List.of("HEAD", "GET", "PUT", "OPTIONS")) {
                require("webhook", call(method, path, ""));
                require("webhook_host", call(method, path, "", "Hooks.Test:8443"));
            }
        }
    }

    @Test
    void atTheirOwnHostThereIsNothingElse() throws IOException {
        assertThat(call("HEAD", "/hook/" + FLOW, "", "hooks.test").status()).isEqualTo(200);
        for (var path : List.of("/v2/flows", "/auth/realms/weft/account", "/", "/files/x")) {
            assertThat(call("GET", path, AS_ANN, "hooks.test").status())
                    .as(path)
                    .isEqualTo(404);
        }
    }

    @Test
    void keycloaksOwnCountsWhereItHasOne() throws IOException {
        require("keycloak", call("GET", "/auth/realms/weft/account", ""));
        require("keycloak", call("GET", "/auth/resources/k3v2a/login/keycloak.v2/css/styles.css", ""));

        var own = call("GET", "/auth/realms/weft/account", """
                X-Play: Content-Security-Policy=frame-src 'self'\r
                X-Play: Cache-Control=max-age=5\r
                X-Play: Strict-Transport-Security=max-age=7\r
                """);

        assertThat(own.only("content-security-policy")).isEqualTo("frame-src 'self'");
        assertThat(own.only("cache-control")).isEqualTo("max-age=5");
        assertThat(own.only(TRANSPORT)).isEqualTo("max-age=7");
        assertThat(own.only("x-content-type-options")).isEqualTo("nosniff");
    }

    @Test
    void aServicesOwnCountsToo() throws IOException {
        var own = call("GET", "/v2/flows", AS_ANN + "X-Play: Cache-Control=private\r\n");

        assertThat(own.only("cache-control")).isEqualTo("private");
        assertThat(own.only("content-security-policy")).isEqualTo("default-src 'none'; frame-ancestors 'none'");
    }

    @Test
    void aProxyIsBelievedWhoseClientItIsAndNobodyElse() throws IOException {
        assertThat(addressSeen("X-Forwarded-For: 192.0.2.6, 198.51.100.1\r\n")).isEqualTo("198.51.100.1");
        assertThat(addressSeen("X-Forwarded-For: 192.0.2.6\r\nX-Forwarded-For: 198.51.100.1, 127.0.0.2\r\n"))
                .isEqualTo("198.51.100.1");
        assertThat(addressSeen("Forwarded: for=192.0.2.6, for=\"198.51.100.1:99\";proto=https\r\n"))
                .isEqualTo("198.51.100.1");
        // A client's own, which the proxy has let through.
        assertThat(addressSeen("Forwarded: for=192.0.2.6\r\nX-Forwarded-For: 198.51.100.1\r\n"))
                .isEqualTo("198.51.100.1");
        assertThat(addressSeen("X-Real-IP: 192.0.2.6\r\nX-Weft-Client-Address: 192.0.2.6\r\n"))
                .isEqualTo("127.0.0.1");
    }

    @Test
    void keycloakIsToldTheClientAndItsScheme() throws IOException {
        var seen = call(
                        "GET",
                        "/auth/realms/weft/account",
                        "X-Forwarded-For: 192.0.2.6, 198.51.100.1\r\nX-Forwarded-Proto: https\r\n")
                .body();

        assertThat(seen)
                .contains("\"x-forwarded-for\":\"198.51.100.1\"")
                .contains("\"x-forwarded-proto\":\"https\"")
                .contains("\"x-forwarded-port\":\"443\"");
    }

    @Test
    void theRequestsOfOneClientBehindAProxyAreBoundedAndNobodyElsesAre() throws Exception {
        var held = new ArrayList<Socket>();
        try {
            // Some more than may be held: a call of the wait below may have taken the place of one of them.
            for (var n = 0; n < 60; n++) {
                var socket = new Socket("127.0.0.1", gateway.port());
                held.add(socket);
                // Its body does not come.
                socket.getOutputStream()
                        .write(("POST /hook/" + FLOW + " HTTP/1.1\r\nHost: weft.test\r\n"
                                        + "X-Forwarded-For: 198.51.100.7\r\nContent-Length: 9\r\n\r\n")
                                .getBytes(ISO_8859_1));
            }
            org.awaitility.Awaitility.await()
                    .until(() -> call("HEAD", "/hook/" + FLOW, "X-Forwarded-For: 198.51.100.7\r\n")
                                    .status()
                            == 503);

            var refused = call("GET", "/hook/x", "X-Forwarded-For: 198.51.100.7\r\n");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.only("retry-after")).isEqualTo("1");
            require("webhook", refused);
            assertThat(call("HEAD", "/hook/" + FLOW, "X-Forwarded-For: 198.51.100.8\r\n")
                            .status())
                    .isEqualTo(200);
        } finally {
            for (var socket : held) {
                socket.close();
            }
        }
    }

    private static final String AS_ANN = "Authorization: " + basic("ann@acme.org", "first") + "\r\n";

    private static String addressSeen(String headers) throws IOException {
        var body = call("GET", "/v2/flows/" + FLOW, AS_ANN + headers).body();
        var seen = Pattern.compile("\"x-weft-client-address\":\"([^\"]*)\"").matcher(body);
        assertThat(seen.find()).as(body).isTrue();
        return seen.group(1);
    }

    private static Answer require(String family, Answer answer) {
        var expected = new HashMap<>(requireNonNull(TABLE.get(family)));
        expected.put(TRANSPORT, family.equals("webhook_host") ? "" : "max-age=31536000");
        expected.forEach((header, value) ->
                assertThat(answer.only(header)).as("%s of %s", header, answer).isEqualTo(value));
        return answer;
    }

    /** With a key that is good: one of the endpoints makes another. */
    private static Answer asAnn(String method, String path, String more) throws IOException {
        gateway.services().keys.put("ann@acme.org", "first");
        return call(method, path, AS_ANN + more);
    }

    private static Answer call(String method, String path, String headers) throws IOException {
        return call(method, path, headers, "weft.test");
    }

    private static Answer call(String method, String path, String headers, String host) throws IOException {
        var line = method + " " + path + " HTTP/1.1\r\n";
        return send(line + "Host: " + host + "\r\nConnection: close\r\n" + headers + "\r\n");
    }

    /** By hand, since a client would choose Host and the form of a request line itself. */
    private static Answer send(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", gateway.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                var octet = socket.getInputStream().read();
                assertThat(octet).as("an answer to %s", request).isNotNegative();
                head.append((char) octet);
            }
            var lines = head.toString().split("\r\n", -1);
            var headers = new HashMap<String, List<String>>();
            for (var line : lines) {
                var colon = line.indexOf(": ");
                if (colon > 0) {
                    headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                            .add(line.substring(colon + 2));
                }
            }
            var length = headers.getOrDefault("content-length", List.of("0")).getFirst();
            var hasBody = !request.startsWith("HEAD");
            var body =
                    new String(socket.getInputStream().readNBytes(hasBody ? Integer.parseInt(length) : 0), ISO_8859_1);
            return new Answer(Integer.parseInt(lines[0].split(" ", -1)[1]), headers, body);
        }
    }

    private static List<String> endpoints() throws IOException {
        try (var table =
                requireNonNull(SecurityHeadersIT.class.getResourceAsStream("/dev/weft/gateway/route/endpoints.txt"))) {
            return new String(table.readAllBytes(), ISO_8859_1)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        }
    }

    /** Family to header, in lower case, to value; empty: there is no such header. */
    private static Map<String, Map<String, String>> table() {
        try {
            var rows = Files.readAllLines(Path.of("..", "docs", "security.md")).stream()
                    .dropWhile(line -> !line.startsWith("| family |"))
                    .takeWhile(line -> line.startsWith("|"))
                    .map(line ->
                            Stream.of(line.split("\\|", -1)).map(String::strip).toList())
                    .toList();
            var table = new HashMap<String, Map<String, String>>();
            for (var row : rows.subList(2, rows.size())) {
                var headers = new HashMap<String, String>();
                for (var column = 2; column < row.size() - 1; column++) {
                    var name = rows.getFirst().get(column).replace("`", "").toLowerCase(Locale.ROOT);
                    headers.put(name, row.get(column).replace("`", ""));
                }
                table.put(row.get(1).replaceAll("^`(\\w+)`.*", "$1"), headers);
            }
            return table;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

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
            require(family, call(words[0].equals("GONE") ? "GET" : words[0], path, AS_ANN));
            require("api", call("GET", path, ""));
            require("api", call("BREW", path, AS_ANN));
        }
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
            for (var n = 0; n < 50; n++) {
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

    private static void require(String family, Answer answer) {
        var expected = new HashMap<>(requireNonNull(TABLE.get(family)));
        expected.put(TRANSPORT, family.equals("webhook_host") ? "" : "max-age=31536000");
        expected.forEach((header, value) ->
                assertThat(answer.only(header)).as("%s of %s", header, answer).isEqualTo(value));
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

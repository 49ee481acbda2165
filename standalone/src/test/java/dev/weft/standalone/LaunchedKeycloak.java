package dev.weft.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Keycloak of its own for one test, started by {@code ./weft servers} in a home of its own. */
final class LaunchedKeycloak {

    private static final Path LAUNCHER = Path.of("..", "weft").toAbsolutePath().normalize();
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path home;
    private final int basePort = FreePorts.base();
    private final URI url = URI.create("http://127.0.0.1:" + (basePort + 30) + "/auth");
    private volatile String token = "";

    LaunchedKeycloak(Path home) {
        this.home = home;
    }

    /** Also after a kill: the launcher starts what is dead. */
    void start() {
        launcher("servers");
        token = login();
    }

    void stop() {
        launcher("down");
    }

    void kill() {
        var pid = Long.parseLong(
                lines(home.resolve("run/keycloak.pid")).getFirst().split(" ")[0]);
        var process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }

    void createRealm() {
        expect(201, send("POST", "/admin/realms", BodyPublishers.ofString("{\"realm\":\"crash\",\"enabled\":true}")));
    }

    /** True when Keycloak acknowledged the user; false when it refused or died. */
    boolean createUser(String name) {
        try {
            var body = BodyPublishers.ofString("{\"username\":\"%s\",\"enabled\":true}".formatted(name));
            var status = send("POST", "/admin/realms/crash/users", body).statusCode();
            if (status == 401) {
                // A token lives for a minute, which a slow machine may need for the realm alone.
                token = login();
            }
            return status == 201;
        } catch (UncheckedIOException _) {
            return false;
        }
    }

    Set<String> userNames() {
        var names = new HashSet<String>();
        while (true) {
            var page = expect(
                    200,
                    send(
                            "GET",
                            "/admin/realms/crash/users?briefRepresentation=true&max=500&first=" + names.size(),
                            BodyPublishers.noBody()));
            if (page.isEmpty()) return names;
            page.forEach(user -> names.add(user.required("username").asString()));
        }
    }

    private String login() {
        var form = "grant_type=password&client_id=admin-cli&username=admin&password=" + adminPassword();
        var request = request("/realms/master/protocol/openid-connect/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        return expect(200, send(request)).required("access_token").asString();
    }

    private String adminPassword() {
        var name = "WEFT_KEYCLOAK_ADMIN_PASSWORD=";
        return lines(home.resolve("secrets.env")).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()))
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<String> send(String method, String path, BodyPublisher body) {
        return send(request(path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body)
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(120));
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode expect(int status, HttpResponse<String> answer) {
        if (answer.statusCode() != status) throw new AssertionError(answer + ": " + answer.body());
        return answer.body().isEmpty() ? JSON.nullNode() : JSON.readTree(answer.body());
    }

    private void launcher(String command) {
        var output = home.resolve("launcher.log");
        var process = new ProcessBuilder(LAUNCHER.toString(), command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(output.toFile()));
        var environment = process.environment();
        environment.keySet().removeIf(name -> name.startsWith("WEFT_") && !name.equals("WEFT_CACHE"));
        environment.put("WEFT_HOME", home.toString());
        environment.put("WEFT_PORT", String.valueOf(basePort));
        // Named servers are not started, and this test needs none of the two.
        environment.put("WEFT_RABBITMQ_URI", "amqp://unused");
        environment.put("WEFT_MONGODB_URI", "mongodb://unused");
        try {
            var code = process.start().waitFor();
            if (code != 0) throw new AssertionError("weft " + command + " ended with " + code + ": " + lines(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

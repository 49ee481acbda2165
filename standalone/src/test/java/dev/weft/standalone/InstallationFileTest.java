package dev.weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class InstallationFileTest {

    private static final Map<String, String> ANSWERS = Map.of(
            "/v2/tenants", "{\"data\":[{\"id\":\"t1\",\"type\":\"tenant\"}]}",
            "/v2/contracts", "{\"data\":[{\"id\":\"c1\",\"type\":\"contract\"}]}",
            "/v2/workspaces?contract_id=c1", "{\"data\":[{\"id\":\"w1\",\"type\":\"workspace\"}]}");

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path home;

    private final AtomicInteger refusals = new AtomicInteger();
    private HttpServer gateway;
    private Path file;

    @BeforeEach
    void startGateway() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/", this::answer);
        gateway.start();
        file = home.resolve("credentials.json");
        Files.writeString(file, """
                {"gateway_url": "http://localhost:8080", "tenant": {"id": null, "code": "default"},
                 "tenant_admin": {"email": "admin@weft.local", "password": "p", "api_key": "k"},
                 "issuer": "", "contract_id": null, "workspace_id": null, "git_ssh": null}
                """);
    }

    @AfterEach
    void stopGateway() {
        gateway.stop(0);
    }

    @Test
    void fillsInWhatTheServicesKnowOnceTheyAnswer() {
        refusals.set(3);

        installation("http://weft.example").completeWhenReady();

        await().atMost(SOON).untilAsserted(() -> {
            var content = new JsonMapper().readTree(file);
            assertThat(content.at("/tenant/id").asString("")).isEqualTo("t1");
            assertThat(content.at("/contract_id").asString("")).isEqualTo("c1");
            assertThat(content.at("/workspace_id").asString("")).isEqualTo("w1");
            assertThat(content.at("/issuer").asString()).isEqualTo("http://weft.example/auth/realms/weft");
            assertThat(content.at("/tenant_admin/api_key").asString()).isEqualTo("k");
        });
    }

    @Test
    void followsAChangedAddress() {
        installation("http://weft.example").completeWhenReady();
        await().atMost(SOON).until(() -> Files.readString(file).contains("http://weft.example\""));

        installation("http://elsewhere.example").completeWhenReady();

        await().atMost(SOON).until(() -> Files.readString(file).contains("http://elsewhere.example\""));
    }

    @Test
    void staysReadableByItsOwnerAlone() throws IOException {
        installation("http://weft.example").completeWhenReady();
        await().atMost(SOON).until(() -> Files.readString(file).contains("w1"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    private InstallationFile installation(String publicUrl) {
        return new InstallationFile(
                file, URI.create(publicUrl), gateway.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        var body = ANSWERS.get(exchange.getRequestURI().toString());
        var key = exchange.getRequestHeaders().getFirst("Authorization");
        var welcome = body != null && "Basic YWRtaW5Ad2VmdC5sb2NhbDpr".equals(key) && refusals.getAndDecrement() <= 0;
        var bytes = welcome ? body.getBytes(StandardCharsets.UTF_8) : new byte[0];
        exchange.sendResponseHeaders(welcome ? 200 : 503, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}

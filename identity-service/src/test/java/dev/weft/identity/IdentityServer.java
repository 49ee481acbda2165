package dev.weft.identity;

import dev.weft.store.EmbeddedStore;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;

/** One replica of the real service on a free port, on a store in memory that several replicas may share. */
public final class IdentityServer implements AutoCloseable {

    public static final String SERVICE_SECRET = "secret-of-the-services";

    private final ConfigurableApplicationContext context;
    private final RestClient http;

    public IdentityServer(EmbeddedStore store, Map<String, String> settings) {
        var fixed = Stream.of(
                "--server.port=0",
                "--management.server.port=0",
                "--spring.mongodb.uri=" + store.connectionString(),
                "--weft.service-secret=" + SERVICE_SECRET,
                "--weft.master-key=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        var given = settings.entrySet().stream().map(entry -> "--" + entry.getKey() + "=" + entry.getValue());
        this.context =
                IdentityApplication.builder().run(Stream.concat(fixed, given).toArray(String[]::new));
        this.http = RestClient.builder()
                .baseUrl("http://localhost:" + port())
                .defaultStatusHandler(status -> true, (request, response) -> {})
                .build();
    }

    public int port() {
        var server = ((WebServerApplicationContext) context).getWebServer();
        return server == null ? -1 : server.getPort();
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** An answer: its status and its JSON, a missing node when there is none. */
    public record Answer(int status, JsonNode json) {}

    public Answer call(String method, String path, Object body, String... headers) {
        var request = http.method(org.springframework.http.HttpMethod.valueOf(method))
                .uri(java.net.URI.create("http://localhost:" + port() + path));
        for (int i = 0; i < headers.length; i += 2) {
            request = request.header(headers[i], headers[i + 1]);
        }
        if (body != null) {
            request = request.header("Content-Type", "application/json").body(body);
        }
        return request.exchange((_, response) -> {
            var bytes = response.getBody().readAllBytes();
            var json = new tools.jackson.databind.json.JsonMapper();
            return new Answer(
                    response.getStatusCode().value(), isJson(bytes) ? json.readTree(bytes) : json.missingNode());
        });
    }

    /** Tomcat refuses some paths before we see them, with a page. */
    private static boolean isJson(byte[] bytes) {
        return bytes.length > 0 && bytes[0] != '<';
    }

    /** The Authorization header of a token for the service {@code name}. */
    public String serviceBearer(String name) {
        var answer =
                call("POST", "/internal/service-tokens?service=" + name, null, "X-Weft-Service-Secret", SERVICE_SECRET);
        return "Bearer " + answer.json().path("token").stringValue();
    }

    @Override
    public void close() {
        context.close();
    }
}

package dev.weft.workspace;

import dev.weft.store.EmbeddedStore;
import java.net.URI;
import java.util.Objects;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One replica of the real service on a free port, on a store in memory and the broker of {@code WEFT_RABBITMQ_URI}. */
public final class WorkspaceServer implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final ConfigurableApplicationContext context;
    private final RestClient http = RestClient.create();
    private final String url;

    public WorkspaceServer(EmbeddedStore store, Neighbours neighbours) {
        var broker = Objects.requireNonNull(
                System.getenv("WEFT_RABBITMQ_URI"), "WEFT_RABBITMQ_URI must name a broker; ./weft test starts one");
        context = WorkspaceApplication.builder()
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--spring.mongodb.uri=" + store.connectionString(),
                        "--spring.rabbitmq.addresses=" + broker,
                        "--weft.services.identity=" + neighbours.url(),
                        "--weft.services.registry=" + neighbours.url(),
                        "--weft.services.flow=" + neighbours.url(),
                        "--weft.service-secret=secret-of-the-services",
                        "--weft.master-key=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        var server = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer());
        url = "http://localhost:" + server.getPort();
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** An answer: its status and its JSON, a missing node when there is none. */
    public record Answer(int status, JsonNode json) {

        public JsonNode at(String pointer) {
            return json.at(pointer);
        }

        public String id() {
            return json.at("/data/id").asString();
        }
    }

    /** A caller and what they can ask. */
    public final class Client {

        private final String bearer;

        private Client(String bearer) {
            this.bearer = bearer;
        }

        public Answer get(String path) {
            return call("GET", path, null);
        }

        public Answer post(String path, String body) {
            return call("POST", path, body);
        }

        public Answer patch(String path, String body) {
            return call("PATCH", path, body);
        }

        public Answer delete(String path) {
            return call("DELETE", path, null);
        }

        private Answer call(String method, String path, String body) {
            var request = http.method(HttpMethod.valueOf(method))
                    .uri(URI.create(url + path))
                    .header("Authorization", bearer);
            if (body != null) {
                request = request.header("Content-Type", "application/json").body(body);
            }
            return request.exchange((_, response) -> {
                var bytes = response.getBody().readAllBytes();
                return new Answer(
                        response.getStatusCode().value(), isJson(bytes) ? JSON.readTree(bytes) : JSON.missingNode());
            });
        }
    }

    /** Tomcat refuses some paths before we see them, with a page. */
    private static boolean isJson(byte[] bytes) {
        return bytes.length > 0 && bytes[0] != '<';
    }

    public Client as(String bearer) {
        return new Client(bearer);
    }

    @Override
    public void close() {
        context.close();
    }
}

package dev.weft.common.service;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One replica of a real service, as a test asks it over HTTP. */
public final class StartedService implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;

    public StartedService(ConfigurableApplicationContext context) {
        this.context = context;
        var server = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer());
        this.port = server.getPort();
    }

    public int port() {
        return port;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** An answer: its status, its JSON (a missing node when there is none) and its headers. */
    public record Answer(int status, JsonNode json, HttpHeaders headers) {

        public JsonNode at(String pointer) {
            return json.at(pointer);
        }

        public String id() {
            return json.at("/data/id").asString();
        }

        public JsonNode attribute(String name) {
            return json.at("/data/attributes/" + name);
        }

        /** Status, code and pointer of the first error: {@code 409 already-exists /data/attributes/name}. */
        public String error() {
            var error = json.at("/errors/0");
            return (status + " " + error.path("code").asString() + " "
                            + error.at("/source/pointer").asString(""))
                    .trim();
        }

        public String tag() {
            return headers.firstValue("ETag").orElse("");
        }

        public String retryAfter() {
            return headers.firstValue("Retry-After").orElse("");
        }
    }

    /** A caller and what they can ask. */
    public record Client(StartedService service, String bearer) {

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

        public Answer delete(String path, String body) {
            return call("DELETE", path, body);
        }

        public Answer call(String method, String path, @Nullable Object body, String... headers) {
            var all = new String[headers.length + 2];
            all[0] = "Authorization";
            all[1] = bearer;
            System.arraycopy(headers, 0, all, 2, headers.length);
            return service.call(method, path, body, all);
        }
    }

    public Client as(String bearer) {
        return new Client(this, bearer);
    }

    /** @param body as it stands when it is a text, else what is made JSON of */
    public Answer call(String method, String path, @Nullable Object body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(text(body)));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), json(response.body()), response.headers());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String text(Object body) {
        return body instanceof String text ? text : JSON.writeValueAsString(body);
    }

    /** What is refused before it comes to the service is answered with a page. */
    private static JsonNode json(String body) {
        return body.isEmpty() || body.startsWith("<") ? JSON.missingNode() : JSON.readTree(body);
    }

    @Override
    public void close() {
        context.close();
    }
}

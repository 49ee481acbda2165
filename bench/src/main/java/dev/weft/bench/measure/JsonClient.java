package dev.weft.bench.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls with JSON in bodies and answers, under one authorization. */
final class JsonClient {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI base;
    private final String authorization;

    JsonClient(URI base, String authorization) {
        this.base = base;
        this.authorization = authorization;
    }

    /** @param body empty for none */
    JsonNode call(String method, String path, Object body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(base.resolve(path))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .timeout(Duration.ofSeconds(60))
                .method(
                        method,
                        HttpRequest.BodyPublishers.ofString(body.equals("") ? "" : JSON.writeValueAsString(body)))
                .build();
        var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 400) {
            throw new RefusedCall(
                    method + " " + path + " was answered " + answer.statusCode() + " " + answer.body(),
                    answer.statusCode());
        }
        return answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
    }
}

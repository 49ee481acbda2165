package dev.weft.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.gateway.PlayedServices;
import dev.weft.gateway.RunningGateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The description of the API and its viewer, as a browser gets them. */
class PublishedFilesIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static RunningGateway gateway;

    @BeforeAll
    static void start() throws IOException {
        gateway = new RunningGateway(new PlayedServices(), RunningGateway.broker(), Map.of());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void anybodyReadsTheDescriptionAndIsToldWhenItIsTheSame() throws Exception {
        var answer = call("GET", "/openapi/v2.json", "");
        var tag = answer.headers().firstValue("ETag").orElseThrow();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json;charset=utf-8");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(new JsonMapper().readTree(answer.body()).path("openapi").asString())
                .isEqualTo("3.1.0");
        var again = call("GET", "/openapi/v2.json", tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("ETag")).contains(tag);
        assertThat(call("HEAD", "/openapi/v2.json", "").statusCode()).isEqualTo(200);
    }

    @Test
    void thePageLoadsNothingButItsOwnFiles() throws Exception {
        var page = call("GET", "/docs", "");
        var policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();

        assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
        assertThat(policy).contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'");
        assertThat(page.body()).doesNotContain("<style", "onload=").doesNotContainPattern("<script>");
        var loaded = Pattern.compile("(?:src|href)=\"([^\"]+)\"")
                .matcher(page.body())
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(loaded).hasSize(6).allSatisfy(path -> {
            var file = call("GET", path, "");
            assertThat(file.statusCode()).as(path).isEqualTo(200);
            assertThat(file.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(file.headers().firstValue("ETag")).isPresent();
        });
        assertThat(call("GET", "/docs/", "").body()).isEqualTo(page.body());
    }

    @Test
    void onlyWhatIsPublishedIsThereAndOnlyToBeRead() throws Exception {
        for (var path : List.of(
                "/docs/swagger-initializer.js",
                "/docs/oauth2-redirect.html",
                "/docs/../openapi/v2.json",
                "/openapi/v9.json",
                "/openapi/v2/frame.yaml")) {
            assertThat(call("GET", path, "").statusCode()).as(path).isIn(400, 404);
        }
        var refused = call("POST", "/openapi/v2.json", "");
        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(refused.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    private static HttpResponse<String> call(String method, String path, String tag) throws IOException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (!tag.isEmpty()) {
            request.header("If-None-Match", tag);
        }
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

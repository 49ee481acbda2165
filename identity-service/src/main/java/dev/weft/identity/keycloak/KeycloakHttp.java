package dev.weft.identity.keycloak;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One HTTP call to Keycloak. No answer, a 5xx, or what is no JSON is refused with {@code unavailable} (503).
 */
class KeycloakHttp {

    private static final Logger log = LoggerFactory.getLogger(KeycloakHttp.class);
    private static final Duration CONNECT = Duration.ofSeconds(2);
    /** Making a realm takes up to ten seconds. */
    private static final Duration READ = Duration.ofSeconds(20);

    private static final int LONGEST_SHOWN = 500;

    private final RestClient http;
    private final String url;
    private final JsonMapper json;

    KeycloakHttp(URI url, JsonMapper json) {
        this.url = url.toString();
        this.json = json;
        var factory = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                // HTTP/1.1, since Keycloak closes connections after the client's offer to upgrade to HTTP/2.
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build());
        factory.setReadTimeout(READ);
        this.http = RestClient.builder().requestFactory(factory).build();
    }

    /** A call of the admin API. */
    KeycloakReply call(HttpMethod method, String path, String token, @Nullable Object body) {
        var request = http.method(method).uri(at(path)).header("Authorization", "Bearer " + token);
        if (body != null) {
            request = request.contentType(MediaType.APPLICATION_JSON).body(json.writeValueAsBytes(body));
        }
        return answered(path, request);
    }

    KeycloakReply postForm(String path, MultiValueMap<String, String> form) {
        return answered(
                path,
                http.post()
                        .uri(at(path))
                        .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                        .body(form));
    }

    /** Paths come with their query encoded; a template would encode it once more. */
    private URI at(String path) {
        return URI.create(url + path);
    }

    private KeycloakReply answered(String path, RestClient.RequestHeadersSpec<?> request) {
        try {
            return request.exchangeForRequiredValue((_, response) -> reply(
                    path, response.getStatusCode().value(), response.getBody().readAllBytes()));
        } catch (ResourceAccessException e) {
            log.debug("Keycloak does not answer {}: {}", path, e.getMessage());
            throw unavailable();
        }
    }

    private KeycloakReply reply(String path, int status, byte[] body) {
        // Before the body is read as JSON: a proxy in front of Keycloak fails with a page.
        if (status >= 500) {
            log.warn("Keycloak failed at {}: {} {}", path, status, shown(body));
            throw unavailable();
        }
        try {
            return new KeycloakReply(status, body.length == 0 ? json.missingNode() : json.readTree(body));
        } catch (JacksonException e) {
            log.warn("What answers for Keycloak at {} is something else: {} {}", path, status, shown(body));
            throw unavailable();
        }
    }

    private static String shown(byte[] body) {
        return Problem.cut(new String(body, StandardCharsets.UTF_8), LONGEST_SHOWN);
    }

    /** A text that every answer of Keycloak of this kind has: one without it is of something else. */
    static String text(JsonNode answer, String member) {
        var text = answer.path(member);
        if (!text.isString()) {
            log.warn("What answers for Keycloak is something else: there is no {}", member);
            throw unavailable();
        }
        return text.stringValue();
    }

    static ProblemException unavailable() {
        return Problem.of(ProblemCode.UNAVAILABLE, "The log-in service does not answer at the moment.")
                .exception();
    }
}

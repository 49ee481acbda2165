package dev.weft.identity.keycloak;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import java.net.URI;
import java.net.http.HttpClient;
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
import tools.jackson.databind.json.JsonMapper;

/** One HTTP call to Keycloak. No answer, or a 5xx, is refused with {@code unavailable} (503). */
class KeycloakHttp {

    private static final Logger log = LoggerFactory.getLogger(KeycloakHttp.class);
    private static final Duration CONNECT = Duration.ofSeconds(2);
    /** Making a realm takes up to ten seconds. */
    private static final Duration READ = Duration.ofSeconds(20);

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
        KeycloakReply reply;
        try {
            reply = request.exchangeForRequiredValue((_, response) -> {
                var bytes = response.getBody().readAllBytes();
                return new KeycloakReply(
                        response.getStatusCode().value(),
                        bytes.length == 0 ? json.missingNode() : json.readTree(bytes));
            });
        } catch (ResourceAccessException e) {
            log.debug("Keycloak does not answer {}: {}", path, e.getMessage());
            throw unavailable();
        }
        if (reply.status() >= 500) {
            log.warn("Keycloak failed at {}: {} {}", path, reply.status(), reply.body());
            throw unavailable();
        }
        return reply;
    }

    static ProblemException unavailable() {
        return Problem.of(ProblemCode.UNAVAILABLE, "The log-in service does not answer at the moment.")
                .exception();
    }
}

package dev.weft.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the gateway, as the tenant's administrator, for the ids of the things that every installation begins with. */
final class FirstIds {

    /** The default tenant, its default contract and that contract's default workspace. */
    record Found(String tenant, String contract, String workspace) {}

    private static final Logger LOG = LoggerFactory.getLogger(FirstIds.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String gateway;
    private final String authorization;

    FirstIds(int gatewayPort, JsonNode admin) {
        this.gateway = "http://127.0.0.1:" + gatewayPort;
        var login = admin.required("email").asString() + ":"
                + admin.required("api_key").asString();
        this.authorization = "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    /** Empty as long as one of them is not there yet. */
    Optional<Found> ask() {
        try (var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var tenant = first(http, "/v2/tenants");
            if (tenant.isEmpty()) return Optional.empty();
            var contract = first(http, "/v2/contracts");
            if (contract.isEmpty()) return Optional.empty();
            return first(http, "/v2/workspaces?contract_id=" + contract.get())
                    .map(workspace -> new Found(tenant.get(), contract.get(), workspace));
        }
    }

    private Optional<String> first(HttpClient http, String path) {
        return get(http, path).map(list -> list.at("/data/0/id").asString("")).filter(id -> !id.isEmpty());
    }

    private Optional<JsonNode> get(HttpClient http, String path) {
        var request = HttpRequest.newBuilder(URI.create(gateway + path))
                .timeout(PATIENCE)
                .header("Authorization", authorization)
                .header("Accept", "application/vnd.api+json")
                .build();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Optional.of(JSON.readTree(answer.body())) : Optional.empty();
        } catch (IOException e) {
            LOG.debug("{} does not answer yet", path, e);
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}

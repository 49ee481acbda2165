package dev.weft.bench.measure;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The public API as the tenant admin of an installation, found in the launcher's {@code credentials.json}. */
public final class WeftApi {

    private static final JsonMapper JSON = new JsonMapper();

    private final URI base;
    private final String authorization;
    private final JsonClient client;

    public WeftApi(Path credentials) {
        this(
                credentials,
                URI.create(
                        JSON.readTree(credentials.toFile()).path("gateway_url").stringValue()));
    }

    /** @param base another gateway than the one that the file names */
    public WeftApi(Path credentials, URI base) {
        this(credentials, base, "tenant_admin", "email", "api_key");
    }

    private WeftApi(Path credentials, URI base, String who, String login, String secret) {
        this(base, text(credentials, who, login), text(credentials, who, secret));
    }

    /** As anybody: with an API key, or with the password where that is taken. */
    public WeftApi(URI base, String login, String secret) {
        this.base = base;
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((login + ":" + secret).getBytes(StandardCharsets.UTF_8));
        this.client = new JsonClient(base, authorization);
    }

    /** As the installation's service account, which makes tenants. */
    public static WeftApi serviceAccount(Path credentials, URI base) {
        return new WeftApi(credentials, base, "service_account", "login", "password");
    }

    private static String text(Path credentials, String who, String member) {
        return JSON.readTree(credentials.toFile()).path(who).path(member).stringValue();
    }

    public URI base() {
        return base;
    }

    public String authorization() {
        return authorization;
    }

    public JsonNode call(String method, String path, Object body) throws IOException, InterruptedException {
        return client.call(method, path, body);
    }

    /** The id of the first workspace of the tenant admin. */
    public String workspace() throws IOException, InterruptedException {
        var id = call("GET", "/v2/workspaces", "").path("data").path(0).path("id");
        if (!id.isString()) {
            // Services of a new installation are ready a moment before the first workspace is made.
            throw new IOException("There is no workspace yet.");
        }
        return id.stringValue();
    }

    /** Where the flows of that workspace are listed. */
    public String flowList() throws IOException, InterruptedException {
        return "/v2/flows?workspace_id=" + workspace();
    }

    /** Creates a flow of steps one behind the other; its id. */
    public String createFlow(String name, List<Map<String, Object>> nodes, Map<String, Object> nodesConfig)
            throws IOException, InterruptedException {
        return createFlow(name, nodes, FlowDocuments.chain(nodes), Map.of("nodes_config", nodesConfig));
    }

    /** Creates a flow; its id. */
    public String createFlow(
            String name,
            List<Map<String, Object>> nodes,
            List<Map<String, Object>> edges,
            Map<String, Object> moreAttributes)
            throws IOException, InterruptedException {
        var flow = FlowDocuments.creation(name, workspace(), nodes, edges, moreAttributes);
        return call("POST", "/v2/flows", flow).path("data").path("id").stringValue();
    }

    /** Starts a flow and returns when it is active; how long that took. */
    public Duration start(String flow) throws IOException, InterruptedException {
        var begun = Instant.now();
        call("POST", "/v2/flows/" + flow + "/start", "");
        awaitStatus(flow, "active");
        return Duration.between(begun, Instant.now());
    }

    public void stop(String flow) throws IOException, InterruptedException {
        call("POST", "/v2/flows/" + flow + "/stop", "");
        awaitStatus(flow, "inactive");
    }

    /** Gives a flow another graph, which makes a version. */
    public void change(String flow, List<Map<String, Object>> nodes, List<Map<String, Object>> edges)
            throws IOException, InterruptedException {
        call("PATCH", "/v2/flows/" + flow, FlowDocuments.change(flow, nodes, edges));
    }

    /** {@code active}, {@code inactive}, and what lies between. */
    public String status(String flow) throws IOException, InterruptedException {
        return call("GET", "/v2/flows/" + flow, "")
                .path("data")
                .path("attributes")
                .path("current_status")
                .stringValue();
    }

    private void awaitStatus(String flow, String wanted) throws IOException, InterruptedException {
        for (var end = Instant.now().plusSeconds(60); Instant.now().isBefore(end); Thread.sleep(20)) {
            if (status(flow).equals(wanted)) {
                return;
            }
        }
        throw new IOException("Flow " + flow + " did not become " + wanted + " within 60 s.");
    }
}

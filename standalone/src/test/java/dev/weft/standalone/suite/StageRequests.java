package dev.weft.standalone.suite;

import static dev.weft.standalone.suite.StageDocuments.reference;

import dev.weft.standalone.suite.DescribedApi.Operation;
import java.util.Map;
import java.util.Set;

/**
 * What {@link IsolationIT} sends to an endpoint: the path with identifiers of the stage, and the parameters and body that
 * the description asks for.
 *
 * @param ids of what stands on the stage
 */
record StageRequests(Map<String, String> ids) {

    /** What the variables of paths may be called: a new one needs something that it stands for ({@code value}). */
    static final Set<String> VARIABLES = Set.of(
            "user",
            "tenant",
            "contract",
            "workspace",
            "flow",
            "version",
            "credential",
            "team",
            "invite",
            "key",
            "client",
            "identity",
            "component",
            "revision",
            "execution",
            "error",
            "attachment",
            "type",
            "context");

    String path(Operation operation, Map<String, String> instead) {
        var path = operation.path();
        for (var variable : operation.variables()) {
            path = path.replace(
                    "{" + variable + "}",
                    instead.containsKey(variable) ? instead.get(variable) : value(operation.path(), variable));
        }
        var query = new StringBuilder();
        operation.description().path("parameters").forEach(reference -> {
            var parameter = DescribedApi.resolved(reference);
            if (parameter.path("in").asString("").equals("query")
                    && parameter.path("required").asBoolean(false)) {
                var name = parameter.path("name").stringValue();
                query.append(query.isEmpty() ? "?" : "&")
                        .append(name)
                        .append("=")
                        .append(parameterValue(name));
            }
        });
        return path + query;
    }

    private String value(String path, String variable) {
        return switch (variable) {
            case "user" ->
                ids.get(path.startsWith("/v2/users") || path.startsWith("/v2/tenants") ? "spare" : "colleague");
            case "key" ->
                ids.get(
                        path.startsWith("/v2/sshkeys")
                                ? "sshkey"
                                : path.startsWith("/v2/tenants") ? "tenant-key" : "contract-key");
            case "invite" -> ids.get(path.startsWith("/v2/contracts") ? "contract-invite" : "workspace-invite");
            case "client" -> ids.get(path.contains("mesh-account") ? "mesh-client" : "oauth-client");
            case "attachment" -> "1";
            case "type" -> "per_workspace_flow_count_limit";
            case "context" -> ids.get("tenant") + "." + ids.get("contract") + "." + ids.get("workspace");
            default -> ids.get(variable);
        };
    }

    private String parameterValue(String name) {
        return switch (name) {
            case "workspace_id" -> ids.get("workspace");
            case "contract_id" -> ids.get("contract");
            case "from" -> "2026-01-01";
            case "to" -> "2026-01-31";
            default -> throw new AssertionError("Nobody knows what to send as " + name + ": say it in StageRequests.");
        };
    }

    /** A document whose scope is right and whose type is missing: whoever may write is told so (400), others 403. */
    Object body(Operation operation) {
        return operation.hasBody()
                ? Map.of(
                        "data",
                        Map.of(
                                "attributes",
                                Map.of("name", 1),
                                "relationships",
                                Map.of(
                                        "tenant", reference("tenant", ids.get("tenant")),
                                        "contract", reference("contract", ids.get("contract")),
                                        "workspace", reference("workspace", ids.get("workspace")))))
                : "";
    }
}

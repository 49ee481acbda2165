package dev.weft.standalone.suite;

import dev.weft.gateway.openapi.PublishedFiles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /openapi/v2.json} as tests read it: the operations, found by method and path. */
final class DescribedApi {

    /**
     * One operation.
     *
     * @param path as it is described, {@code /v2/flows/{flow}}
     */
    record Operation(String method, String path, JsonNode description) {

        /** Of the path, in order. */
        List<String> variables() {
            return segments(path).stream()
                    .filter(DescribedApi::isVariable)
                    .map(segment -> segment.substring(1, segment.length() - 1))
                    .toList();
        }

        boolean hasBody() {
            return description.has("requestBody");
        }

        private boolean fits(String asked, List<String> sent) {
            var own = segments(path);
            if (!asked.equals(method) || own.size() != sent.size()) {
                return false;
            }
            for (var i = 0; i < own.size(); i++) {
                if (!isVariable(own.get(i)) && !own.get(i).equals(sent.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final JsonNode DOCUMENT = document();

    private DescribedApi() {}

    private static JsonNode document() {
        var json = new JsonMapper();
        return json.readTree(
                PublishedFiles.read(json).find("/openapi/v2.json").orElseThrow().content());
    }

    static List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        DOCUMENT.path("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, description) -> {
                    if (!method.equals("parameters")) {
                        operations.add(new Operation(method.toUpperCase(Locale.ROOT), path, description));
                    }
                }));
        return operations;
    }

    /** A word of the path wins over a variable, as it does in the gateway. */
    static Optional<Operation> find(String method, String path) {
        var sent = segments(path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
        return operations().stream()
                .filter(operation -> operation.fits(method, sent))
                .min(Comparator.comparing(operation -> operation.variables().size()));
    }

    /** What a reference names; what is none is itself. */
    static JsonNode resolved(JsonNode node) {
        var reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : DOCUMENT.at(reference.substring(1));
    }

    static JsonNode schemas() {
        return DOCUMENT.path("components").path("schemas");
    }

    private static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{");
    }
}

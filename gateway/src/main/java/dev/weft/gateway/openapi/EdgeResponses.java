package dev.weft.gateway.openapi;

import static dev.weft.gateway.openapi.DescriptionParts.members;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Adds to each operation what the gateway itself may answer (api-v2 1.3), so that no part has to repeat it: who is not
 * logged in, calls too often, accepts no JSON or sends none is told so everywhere in the same way.
 */
final class EdgeResponses {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");
    private static final List<String> ALWAYS = List.of("429", "500", "503");
    private static final List<String> OF_BODY = List.of("400", "413", "415");
    /** The components of the first part that are answered with that status. */
    private static final Map<String, String> NAMES = Map.of(
            "400", "BadRequest",
            "401", "Unauthorized",
            "404", "NotFound",
            "406", "NotAcceptable",
            "413", "PayloadTooLarge",
            "415", "UnsupportedMediaType",
            "429", "TooManyRequests",
            "500", "InternalError",
            "503", "Unavailable");

    private EdgeResponses() {}

    /** Changes the description in place. */
    static void addTo(Map<String, Object> description) {
        members(description.get("paths"))
                .forEach((path, item) -> members(item).forEach((method, operation) -> {
                    if (METHODS.contains(method)) {
                        add(path, members(operation));
                    }
                }));
    }

    private static void add(String path, Map<String, Object> operation) {
        var responses = new TreeMap<>(members(operation.get("responses")));
        ALWAYS.forEach(status -> answer(status, responses));
        // An operation says that it asks for nothing; the others have the security of the whole document.
        if (!operation.containsKey("security")) {
            answer("401", responses);
        }
        if (path.contains("{")) {
            answer("404", responses);
        }
        if (operation.containsKey("requestBody")) {
            OF_BODY.forEach(status -> answer(status, responses));
        }
        if (responses.values().stream().noneMatch(EdgeResponses::isFile)) {
            answer("406", responses);
        }
        operation.put("responses", new LinkedHashMap<>(responses));
    }

    private static void answer(String status, Map<String, Object> responses) {
        responses.putIfAbsent(status, Map.of("$ref", "#/components/responses/" + NAMES.get(status)));
    }

    private static boolean isFile(Object response) {
        return response instanceof Map<?, ?> one
                && one.get("content") instanceof Map<?, ?> content
                && content.containsKey("*/*");
    }
}

package dev.weft.standalone.suite;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.weft.standalone.suite.DescribedApi.Operation;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds answers of the API against the schemas of its description. Clients are told that more members may come; here a
 * member that is not described is a failure, so that every journey finds what the description has missed.
 */
final class DescribedAnswers {

    private static final String COMPONENTS = "#/components/schemas/";
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final ConcurrentMap<String, Schema> KNOWN = new ConcurrentHashMap<>();
    private static final ObjectNode DEFINITIONS = definitions();

    private DescribedAnswers() {}

    /** Fails unless the description has the endpoint, the status, and a body like this one for it. */
    static void require(String method, String path, int status, JsonNode body) {
        var call = method + " " + path + " answered " + status;
        var operation = DescribedApi.find(method, path)
                .orElseThrow(() -> new AssertionError(call + ", but no such endpoint is described."));
        var described = operation.description().path("responses").path(Integer.toString(status));
        if (described.isMissingNode()) {
            throw new AssertionError(call + ", which is not described.");
        }
        var content = DescribedApi.resolved(described).path("content");
        if (content.isMissingNode()) {
            if (!body.isNull()) {
                throw new AssertionError(call + " with a body, which is not described: " + body);
            }
        } else if (content.has("application/json")) {
            var schema = content.path("application/json").path("schema");
            var faults = KNOWN.computeIfAbsent(key(operation, status), _ -> compiled(schema))
                    .validate(body);
            if (!faults.isEmpty()) {
                throw new AssertionError(call + " otherwise than described: " + faults + "\n" + body);
            }
        }
    }

    private static String key(Operation operation, int status) {
        return operation.method() + " " + operation.path() + " " + status;
    }

    private static Schema compiled(JsonNode schema) {
        var whole = JsonNodeFactory.instance.objectNode();
        whole.set("allOf", JsonNodeFactory.instance.arrayNode().add(closed(schema, Set.of(), "")));
        whole.set("$defs", DEFINITIONS);
        return SCHEMAS.getSchema(whole);
    }

    private static ObjectNode definitions() {
        // What others are made of has members that it does not know itself.
        var open = new HashSet<String>();
        collectParts(DescribedApi.schemas(), open);
        DescribedApi.operations()
                .forEach(operation -> operation
                        .description()
                        .path("responses")
                        .forEach(response -> collectParts(DescribedApi.resolved(response), open)));
        var definitions = JsonNodeFactory.instance.objectNode();
        DescribedApi.schemas()
                .forEachEntry((name, schema) -> definitions.set(name, closed(schema, open, COMPONENTS + name)));
        return definitions;
    }

    private static void collectParts(JsonNode node, Set<String> parts) {
        node.path("allOf").forEach(part -> {
            if (part.has("$ref")) {
                parts.add(part.path("$ref").stringValue());
            }
        });
        node.forEach(member -> collectParts(member, parts));
    }

    /** A copy without members beyond those that are named. */
    private static JsonNode closed(JsonNode node, Set<String> open, String name) {
        return switch (node) {
            case ObjectNode object -> closed(object, open, open.contains(name));
            case ArrayNode array -> {
                var copy = JsonNodeFactory.instance.arrayNode();
                array.forEach(value -> copy.add(closed(value, open, "")));
                yield copy;
            }
            default -> node;
        };
    }

    private static ObjectNode closed(ObjectNode object, Set<String> open, boolean isPart) {
        var copy = JsonNodeFactory.instance.objectNode();
        object.forEachEntry((member, value) -> {
            switch (member) {
                case "$ref" -> copy.put(member, value.stringValue().replace(COMPONENTS, "#/$defs/"));
                case "allOf" -> copy.set(member, parts(value, open));
                // Members of any name, each with its schema.
                case "properties" -> copy.set(member, each(value, open));
                default -> copy.set(member, closed(value, open, ""));
            }
        });
        if (object.has("allOf")) {
            copy.put("unevaluatedProperties", false);
        } else if (!isPart && object.path("properties").isObject() && !object.has("additionalProperties")) {
            copy.put("additionalProperties", false);
        }
        return copy;
    }

    private static ArrayNode parts(JsonNode all, Set<String> open) {
        var copy = JsonNodeFactory.instance.arrayNode();
        all.forEach(part -> copy.add(closed((ObjectNode) part, open, true)));
        return copy;
    }

    private static ObjectNode each(JsonNode properties, Set<String> open) {
        var copy = JsonNodeFactory.instance.objectNode();
        properties.forEachEntry((name, schema) -> copy.set(name, closed(schema, open, "")));
        return copy;
    }
}

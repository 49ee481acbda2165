package dev.weft.common.jsonapi;

import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of a writing request, {@code {"data":{"type","id"?,"attributes","relationships"?}}}, with the checks of
 * api-v2 1.3 in their order. A controller receives the raw body as a {@link JsonNode} (null when empty).
 */
public final class RequestDocument {

    private final JsonNode data;

    private RequestDocument(JsonNode data) {
        this.data = data;
    }

    /**
     * Checks shape and type: {@code data} and {@code attributes} are objects (400), {@code type} is there (400) and the
     * endpoint's (409).
     */
    public static RequestDocument of(@Nullable JsonNode body, String type) {
        if (body == null || !body.path("data").isObject()) {
            throw Problem.invalid("/data", "The document must have an object data.")
                    .exception();
        }
        var data = body.path("data");
        var attributes = data.path("attributes");
        if (!attributes.isMissingNode() && !attributes.isObject()) {
            throw Problem.invalid("/data/attributes", "attributes must be an object.")
                    .exception();
        }
        var actual = data.path("type");
        if (!actual.isString()) {
            throw Problem.invalid("/data/type", "type is required.").exception();
        }
        if (!actual.stringValue().equals(type)) {
            throw Problem.of(ProblemCode.TYPE_MISMATCH, "This endpoint takes resources of type " + type + ".")
                    .at("/data/type")
                    .exception();
        }
        return new RequestDocument(data);
    }

    /**
     * Reads the one reference that scopes a creation before anything else of the document is judged (api-v2 1.3):
     * missing or malformed is 400.
     */
    public static String scopeOf(@Nullable JsonNode body, String relationship) {
        var pointer = "/data/relationships/" + relationship;
        if (body == null || !body.path("data").isObject()) {
            throw Problem.invalid("/data", "The document must have an object data.")
                    .exception();
        }
        var id = body.path("data")
                .path("relationships")
                .path(relationship)
                .path("data")
                .path("id");
        if (!id.isString() || !Ids.isEntity(id.stringValue())) {
            throw Problem.invalid(pointer, "The relationship " + relationship + " must name an identifier.")
                    .exception();
        }
        return id.stringValue();
    }

    /** An id in the body must be that of the URL (409); {@code required} says whether it may be left out (400). */
    public RequestDocument forId(String urlId, boolean required) {
        var id = data.path("id");
        if (id.isMissingNode() || id.isNull()) {
            if (required) {
                throw Problem.invalid("/data/id", "id is required.").exception();
            }
            return this;
        }
        if (!id.isString() || !id.stringValue().equals(urlId)) {
            throw Problem.of(ProblemCode.ID_MISMATCH, "The id of the document is not that of the URL.")
                    .at("/data/id")
                    .exception();
        }
        return this;
    }

    /** Where the server makes the id, a client may not send one: 409 if it exists, else 403 (api-v2 1.3). */
    public RequestDocument withoutId(java.util.function.Predicate<String> exists) {
        var id = data.path("id");
        if (id.isString()) {
            throw exists.test(id.stringValue())
                    ? Problem.of(ProblemCode.ALREADY_EXISTS, "A resource of that id exists.")
                            .at("/data/id")
                            .exception()
                    : Problem.of(ProblemCode.FORBIDDEN, "Identifiers are made by the server.")
                            .at("/data/id")
                            .exception();
        }
        return this;
    }

    public Optional<String> id() {
        var id = data.path("id");
        return id.isString() ? Optional.of(id.stringValue()) : Optional.empty();
    }

    /** The attributes, an empty object when none were sent. */
    public ObjectNode attributes() {
        return data.path("attributes") instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    }

    public Fields fields() {
        return new Fields(attributes(), "/data/attributes");
    }

    /**
     * The id of a to-one relationship; empty when it was not sent or its data is null. A wrong type is 409, a missing or
     * malformed id 400.
     */
    public Optional<String> related(String name, String type) {
        var pointer = "/data/relationships/" + name;
        var relationship = data.path("relationships").path(name);
        if (relationship.isMissingNode() || relationship.path("data").isNull()) {
            return Optional.empty();
        }
        var target = relationship.path("data");
        if (target.path("type").isString() && !target.path("type").stringValue().equals(type)) {
            throw Problem.of(ProblemCode.TYPE_MISMATCH, "The relationship " + name + " takes type " + type + ".")
                    .at(pointer + "/data/type")
                    .exception();
        }
        var id = target.path("id");
        if (!id.isString() || !Ids.isEntity(id.stringValue())) {
            throw Problem.invalid(pointer, "The relationship " + name + " must name an identifier.")
                    .exception();
        }
        return Optional.of(id.stringValue());
    }

    public boolean hasRelationship(String name) {
        return data.path("relationships").has(name);
    }
}

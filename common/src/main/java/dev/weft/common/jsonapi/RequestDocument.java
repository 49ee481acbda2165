package dev.weft.common.jsonapi;

import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import dev.weft.common.problem.ProblemSource;
import dev.weft.common.problem.RequestFaults;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of a writing request, {@code {"data":{"type","id"?,"attributes","relationships"?}}}, with the checks of
 * api-v2 1.3 in their order: a wrong shape is refused at once, while conflicts (409, and 403 for an id chosen by the
 * client) wait until {@link Fields#orThrow} has found the values right. A controller receives the raw body as a
 * {@link JsonNode} (null when empty).
 */
public final class RequestDocument {

    private static final String ID = "/data/id";

    private final JsonNode data;
    private final RequestFaults faults = new RequestFaults();

    private RequestDocument(JsonNode data) {
        this.data = data;
    }

    /**
     * Checks shape and type: {@code data} and {@code attributes} are objects (400), {@code type} is there (400) and the
     * endpoint's (409).
     */
    public static RequestDocument of(@Nullable JsonNode body, String type) {
        return read(body, type, true);
    }

    /** As {@link #of}, where the contract lets clients leave the type out: then the endpoint's is meant. */
    public static RequestDocument untyped(@Nullable JsonNode body, String type) {
        return read(body, type, false);
    }

    private static RequestDocument read(@Nullable JsonNode body, String type, boolean typed) {
        if (body == null || !body.path("data").isObject()) {
            throw misshapen("/data", "The document must have an object data.");
        }
        var data = body.path("data");
        var attributes = data.path("attributes");
        if (!attributes.isMissingNode() && !attributes.isObject()) {
            throw misshapen("/data/attributes", "attributes must be an object.");
        }
        var document = new RequestDocument(data);
        var actual = data.path("type");
        // A type that is there is always checked: a wrong one shows that the client means something else.
        if (actual.isMissingNode() && !typed) {
            return document;
        }
        if (!actual.isString()) {
            throw misshapen("/data/type", "type is required.");
        }
        if (!actual.stringValue().equals(type)) {
            document.conflict(
                    ProblemCode.TYPE_MISMATCH, "This endpoint takes resources of type " + type + ".", "/data/type");
        }
        return document;
    }

    private void conflict(ProblemCode code, String detail, String pointer) {
        faults.addConflict(Problem.of(code, detail).at(ProblemSource.Kind.PLACE, pointer));
    }

    private static ProblemException misshapen(String pointer, String detail) {
        return Problem.of(ProblemCode.VALIDATION_FAILED, detail)
                .at(ProblemSource.Kind.PLACE, pointer)
                .exception();
    }

    private static Problem namesNothing(String relationship) {
        return Problem.of(
                        ProblemCode.VALIDATION_FAILED, "The relationship " + relationship + " must name an identifier.")
                .atReference(relationship);
    }

    /**
     * Reads the one reference that scopes a creation before anything else of the document is judged (api-v2 1.3):
     * missing or malformed is 400.
     */
    public static String scopeOf(@Nullable JsonNode body, String relationship) {
        if (body == null || !body.path("data").isObject()) {
            throw misshapen("/data", "The document must have an object data.");
        }
        var id = body.path("data")
                .path("relationships")
                .path(relationship)
                .path("data")
                .path("id");
        if (!id.isString() || !Ids.isEntity(id.stringValue())) {
            throw namesNothing(relationship).exception();
        }
        return id.stringValue();
    }

    /** An id in the body must be that of the URL (409); {@code required} says whether it may be left out (400). */
    public RequestDocument forId(String urlId, boolean required) {
        var id = data.path("id");
        if (id.isMissingNode() || id.isNull()) {
            if (required) {
                throw misshapen(ID, "id is required.");
            }
            return this;
        }
        // Kept rather than thrown: 400 for wrong values comes before 409.
        if (!id.isString() || !id.stringValue().equals(urlId)) {
            conflict(ProblemCode.ID_MISMATCH, "The id of the document is not that of the URL.", ID);
        }
        return this;
    }

    /** Where the server makes the id, a client may not send one: 409 if it exists, else 403 (api-v2 1.3). */
    public RequestDocument withoutId(Predicate<String> exists) {
        id().ifPresent(id -> {
            if (exists.test(id)) {
                conflict(ProblemCode.ALREADY_EXISTS, "A resource of that id exists.", ID);
            } else {
                conflict(ProblemCode.FORBIDDEN, "Identifiers are made by the server.", ID);
            }
        });
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
        return new Fields(attributes(), faults);
    }

    /**
     * The id of a to-one relationship; empty when it was not sent or its data is null, and when it has a fault. A wrong
     * type is a conflict (409), a missing or malformed id 400.
     */
    public Optional<String> related(String name, String type) {
        if (!hasTarget(name)) {
            return Optional.empty();
        }
        var relationship = data.path("relationships").path(name);
        var target = relationship.path("data");
        if (target.path("type").isString() && !target.path("type").stringValue().equals(type)) {
            conflict(
                    ProblemCode.TYPE_MISMATCH,
                    "The relationship " + name + " takes type " + type + ".",
                    "/data/relationships/" + name + "/data/type");
        }
        var id = target.path("id");
        if (!id.isString() || !Ids.isEntity(id.stringValue())) {
            faults.add(namesNothing(name));
            return Optional.empty();
        }
        return Optional.of(id.stringValue());
    }

    /** As {@link #related}, where the relationship must be there: 400 without. */
    public Optional<String> requireRelated(String name, String type) {
        if (!hasTarget(name)) {
            faults.add(namesNothing(name));
        }
        return related(name, type);
    }

    private boolean hasTarget(String name) {
        var relationship = data.path("relationships").path(name);
        return !relationship.isMissingNode() && !relationship.path("data").isNull();
    }

    public boolean hasRelationship(String name) {
        return data.path("relationships").has(name);
    }
}

package dev.weft.execution.errorinbox;

import dev.weft.common.jsonapi.RequestDocument;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a retry was asked for: {@code {"data":{"type":"execution-error","id":..,"attributes":{"body":{..}}}}} or nothing
 * (api-v2 11.7).
 */
record RetryRequest(@Nullable JsonNode document, JsonMapper json) {

    /** Whether the message is to go with another body, which takes more than the right to retry. */
    boolean isEdited() {
        return document != null && document.path("data").path("attributes").has("body");
    }

    /** The other body, as JSON, if any. 400 when the document is not about this error, or the body no object. */
    Optional<String> body(String errorId) {
        if (document == null) {
            return Optional.empty();
        }
        var fields = RequestDocument.of(document, "execution-error")
                .forId(errorId, true)
                .fields();
        var body = fields.object("body").map(json::writeValueAsString);
        fields.orThrow();
        return body;
    }
}

package dev.weft.execution.errorinbox;

import dev.weft.common.jsonapi.RequestDocument;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a retry was asked for: {@code {"data":{"type":"execution-error","id":..,"attributes":{"body":{..}}}}} or nothing
 * (api-v2 11.7); read when the caller is known to be permitted.
 */
record RetryRequest(@Nullable JsonNode document, JsonMapper json) {

    /** Whether the message is to go with another body, which takes more than the right to retry. */
    boolean isEdited() {
        return document != null && document.path("data").path("attributes").has("body");
    }

    /** The other body, as JSON; null without one. 400 when the document is not about this error, or the body no object. */
    @Nullable
    String body(String errorId) {
        if (document == null) {
            return null;
        }
        var fields = RequestDocument.of(document, "execution-error")
                .forId(errorId, true)
                .fields();
        var body = fields.object("body").orElse(null);
        fields.orThrow();
        return body == null ? null : json.writeValueAsString(body);
    }
}

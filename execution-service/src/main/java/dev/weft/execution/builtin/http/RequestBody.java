package dev.weft.execution.builtin.http;

import dev.weft.common.flowmessage.SentText;
import dev.weft.execution.step.StepFailure;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The body of an outgoing call: a text goes as it is, in the charset of its type; an object as a form when the headers
 * say so; any other value as JSON, unless the headers name a type that is not JSON.
 *
 * @param type the content type when the headers name none
 */
record RequestBody(byte[] bytes, String type) {

    private static final String FORM = "application/x-www-form-urlencoded";

    /** @throws StepFailure when it can not be sent as it is */
    static RequestBody of(@Nullable Object value, @Nullable String contentType, JsonMapper json) {
        var type = SentText.type(contentType);
        try {
            if (value instanceof String text) {
                return new RequestBody(SentText.encode(text, contentType), "text/plain; charset=utf-8");
            }
            if (value instanceof Map<?, ?> members && type.equals(FORM)) {
                return new RequestBody(new FormBody(contentType).bytes(members), FORM);
            }
            if (type.equals(FORM) || SentText.isXml(type) || type.startsWith("multipart/")) {
                throw new IllegalArgumentException("it is no text, and can not be written as " + type);
            }
            return new RequestBody(json(value, contentType, json), "application/json");
        } catch (IllegalArgumentException e) {
            // The message quotes type or charset, which come from a header that the step sets.
            throw StepFailure.of("HttpError", "The body can not be sent: " + e.getMessage() + ".", true);
        }
    }

    private static byte[] json(@Nullable Object value, @Nullable String contentType, JsonMapper json) {
        return SentText.charsetName(contentType).isEmpty()
                ? json.writeValueAsBytes(value)
                : SentText.encodeJson(json.writeValueAsString(value), contentType);
    }
}

package dev.weft.gateway.route;

import dev.weft.gateway.answer.AnswerFamily;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What goes to a service in place of what the caller sent, once all checks are passed. The last filter of a route attaches
 * it to the request; the rest of the request (method, query, other headers) goes on as it came.
 *
 * @param path     at the service, raw, without the query
 * @param body     all of it
 * @param headers  set instead of the caller's: the internal token, the request id
 * @param jsonType the content type in which JSON of the service is answered; null: as the service sends it
 * @param family   what browsers are told about the answer
 */
public record ServiceCall(
        String path,
        byte[] body,
        Map<String, String> headers,
        @Nullable String jsonType,
        AnswerFamily family) {

    private static final String ATTRIBUTE = ServiceCall.class.getName();

    public void attach(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    static ServiceCall of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof ServiceCall call) {
            return call;
        }
        throw new IllegalStateException("No filter of the route has said what goes to the service.");
    }
}

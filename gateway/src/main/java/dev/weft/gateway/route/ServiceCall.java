package dev.weft.gateway.route;

import dev.weft.gateway.answer.AnswerFamily;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a request that are replaced before it is forwarded to a service, once all checks are passed. The last
 * filter of a route attaches it to the request; everything else (method, query, other headers) is forwarded unchanged.
 *
 * @param path     the path at the service, raw, without the query
 * @param body the whole body
 * @param headers  set instead of the caller's: the internal token, the request id; an empty one takes the caller's away
 * @param jsonType the content type given to the service's JSON answers; null: as the service sends it
 * @param family   decides the security headers of the answer
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

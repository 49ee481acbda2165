package dev.weft.gateway.route;

import dev.weft.gateway.answer.AnswerFamily;
import jakarta.servlet.http.HttpServletRequest;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What goes to a service in place of what the caller sent, once all checks are passed. The last filter of a route attaches
 * it to the request; the rest of the request (method, query, other headers) goes on as it came.
 *
 * @param path     at the service, raw, without the query
 * @param headers  set instead of the caller's: the internal token, the request id
 * @param jsonType the content type in which JSON of the service is answered; null: as the service sends it
 * @param family   what browsers are told about the answer
 */
public record ServiceCall(
        String path,
        ForwardedBody body,
        Map<String, String> headers,
        @Nullable String jsonType,
        AnswerFamily family) {

    /** The body of a request that goes on to a service. */
    public sealed interface ForwardedBody {

        /** All of it. */
        record Whole(byte[] bytes) implements ForwardedBody {}

        /**
         * Passed on as it comes.
         *
         * @param begun  what has been read of it
         * @param rest   what follows; fails where the body gets too long or takes too long
         * @param length of the whole; negative: not known
         */
        record Streamed(byte[] begun, InputStream rest, long length) implements ForwardedBody {}
    }

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

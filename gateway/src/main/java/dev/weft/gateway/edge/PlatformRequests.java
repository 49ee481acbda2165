package dev.weft.gateway.edge;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.gateway.answer.AnswerFamily;
import dev.weft.gateway.answer.JsonAnswer;
import dev.weft.gateway.answer.RequestId;
import dev.weft.gateway.answer.SecurityHeaders;
import dev.weft.gateway.authentication.Authentication;
import dev.weft.gateway.authentication.Authenticator;
import dev.weft.gateway.limit.LimitedBody;
import dev.weft.gateway.limit.RateLimit;
import dev.weft.gateway.route.Endpoint;
import dev.weft.gateway.route.ForwardedBody;
import dev.weft.gateway.route.ForwardedRequest;
import dev.weft.gateway.route.PathMatch;
import dev.weft.gateway.route.PublicEndpoints;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The checks of a request to the platform API, in the order of api-v2 1.3: authentication (401), rate (429), path (404),
 * method (405), Accept (406), content type (415), size (413), JSON syntax (400). The rest is the service's.
 */
final class PlatformRequests {

    private static final int LARGEST_BODY = 5 * 1024 * 1024;
    private static final String NEW_KEY = "/v2/users/me/generate-api-key";

    /** By which identity-service counts wrong passwords. */
    private static final String CLIENT_ADDRESS = "X-Weft-Client-Address";

    private final PublicEndpoints endpoints;
    private final Authenticator authenticator;
    private final RateLimit rates;
    private final SecurityHeaders headers;
    private final int perMinute;

    PlatformRequests(
            PublicEndpoints endpoints,
            Authenticator authenticator,
            RateLimit rates,
            SecurityHeaders headers,
            int perMinute) {
        this.endpoints = endpoints;
        this.authenticator = authenticator;
        this.rates = rates;
        this.headers = headers;
        this.perMinute = perMinute;
    }

    void pass(EdgeCall call) throws IOException, ServletException {
        var path = call.path();
        var match = endpoints.find(call.request().getMethod(), path);
        // Who may not come in shall not learn which paths there are.
        if (!path.startsWith("/v2/") && !path.equals("/v2") && match instanceof PathMatch.Unknown) {
            throw unknown();
        }
        var caller = authenticator.authenticate(
                call.request().getHeader("Authorization"),
                match instanceof PathMatch.Found(var endpoint) && endpoint.acceptsPassword(),
                call.request().getRemoteAddr());
        rates.require(caller.caller(), perMinute);
        switch (match) {
            case PathMatch.Unknown() -> throw unknown();
            case PathMatch.Retired() ->
                throw Problem.of(ProblemCode.GONE, "This part of the API is no more.")
                        .exception();
            case PathMatch.OtherMethods(var allow) -> {
                call.response().setHeader("Allow", allow);
                throw Problem.of(
                                ProblemCode.METHOD_NOT_ALLOWED,
                                call.request().getMethod() + " is not possible here; what is: " + allow + ".")
                        .exception();
            }
            case PathMatch.Found(var endpoint) -> forward(call, path, endpoint, caller);
        }
    }

    private void forward(EdgeCall call, String path, Endpoint endpoint, Authentication caller)
            throws IOException, ServletException {
        EdgeMetrics.name(call.request(), endpoint.path());
        var accepted = endpoint.isFile() ? JsonAnswer.JSON : JsonAnswer.of(accept(call));
        if (accepted == JsonAnswer.NONE) {
            throw Problem.of(ProblemCode.NOT_ACCEPTABLE, "The answer is JSON, which Accept excludes.")
                    .exception();
        }
        if (endpoint.isFile()) {
            headers.use(AnswerFamily.FILE, call.response());
        }
        QueryText.require(call.request().getQueryString());
        var forwarded = new ForwardedRequest(
                call.request(),
                endpoint.backend(),
                path,
                new ForwardedBody.Whole(body(call)),
                headers(call, endpoint, caller),
                accepted.contentType());
        call.chain().doFilter(forwarded, call.response());
        if (endpoint.path().equals(NEW_KEY)) {
            // The old key stops working at once, not when the news has come around.
            authenticator.forget(caller.id());
        }
    }

    /** What the service gets instead of the caller's own. */
    private static Map<String, String> headers(EdgeCall call, Endpoint endpoint, Authentication caller) {
        var headers = new HashMap<>(Map.of(
                "Authorization",
                caller.bearer(),
                RequestId.HEADER,
                call.requestId(),
                CLIENT_ADDRESS,
                call.request().getRemoteAddr()));
        if (endpoint.isFile()) {
            headers.put("Accept", "*/*");
        }
        return headers;
    }

    private static byte[] body(EdgeCall call) throws IOException {
        try {
            var body = LimitedBody.open(call.request());
            if (body.isEmpty()) {
                return new byte[0];
            }
            if (!JsonContentType.matches(call.request().getContentType())) {
                throw Problem.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "The body must be JSON in UTF-8.")
                        .exception();
            }
            var bytes = body.read(LARGEST_BODY);
            JsonBody.require(bytes);
            return bytes;
        } catch (IOException e) {
            throw new ClientGone(e);
        }
    }

    private static @Nullable String accept(EdgeCall call) {
        var values = call.request().getHeaders("Accept");
        if (!values.hasMoreElements()) {
            return null;
        }
        var first = values.nextElement();
        return values.hasMoreElements() ? first + "," + String.join(",", java.util.Collections.list(values)) : first;
    }

    private static RuntimeException unknown() {
        return Problem.of(ProblemCode.NOT_FOUND, "There is nothing at this path.")
                .exception();
    }
}

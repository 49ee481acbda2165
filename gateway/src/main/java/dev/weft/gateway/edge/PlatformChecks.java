package dev.weft.gateway.edge;

import dev.weft.common.audit.AuditActions;
import dev.weft.common.audit.AuditHeaders;
import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.gateway.answer.AnswerFamily;
import dev.weft.gateway.answer.JsonAnswer;
import dev.weft.gateway.answer.NotAllowed;
import dev.weft.gateway.answer.RequestId;
import dev.weft.gateway.authentication.Authentication;
import dev.weft.gateway.authentication.Authenticator;
import dev.weft.gateway.limit.BodyBudget;
import dev.weft.gateway.limit.ClientShare;
import dev.weft.gateway.limit.LimitedBody;
import dev.weft.gateway.limit.RateLimit;
import dev.weft.gateway.route.Backend;
import dev.weft.gateway.route.PathMatch;
import dev.weft.gateway.route.PublicEndpoints;
import dev.weft.gateway.route.ServiceCall;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The checks of a request to the platform API, as filters of its routes. Their order is that of api-v2 1.3:
 * authentication (401), rate (429), path (404), method (405), Accept (406), content type (415), size (413), JSON syntax
 * (400). {@link #admit} does the first two; {@link #refuse}, at the end of the route for unknown paths, does path and
 * method; {@link #negotiate} and {@link #read} do the others and attach the call for the service. All further checks
 * are the service's.
 */
final class PlatformChecks {

    private static final int LARGEST_BODY = 5 * 1024 * 1024;
    /** A share of the smallest budget holds a body with as many. */
    private static final int MOST_VALUES = 100_000;
    /** What a service makes of a value takes about as much, beside the text itself. */
    private static final long BYTES_PER_VALUE = 96;

    private static final String NEW_KEY = "/v2/users/me/generate-api-key";

    /** By which identity-service counts wrong passwords. */
    private static final String CLIENT_ADDRESS = "X-Weft-Client-Address";

    private final PublicEndpoints endpoints;
    private final Authenticator authenticator;
    private final RateLimit rates;
    private final Guests guests;
    private final int perMinute;
    private final Ids ids;

    PlatformChecks(PublicEndpoints endpoints, Authenticator authenticator, RateLimit rates, int perMinute, Ids ids) {
        this.endpoints = endpoints;
        this.authenticator = authenticator;
        this.rates = rates;
        this.guests = new Guests(rates);
        this.perMinute = perMinute;
        this.ids = ids;
    }

    /** Whether the table says that the service answers the request. */
    boolean leadsTo(Backend backend, ServerRequest request) {
        return of(request).leadsTo(backend);
    }

    /** 401 and 429, for whatever path: who may not come in shall not learn which paths there are. */
    ServerResponse admit(ServerRequest request, HandlerFunction<ServerResponse> next) throws Exception {
        var call = of(request);
        if (call.match() instanceof PathMatch.Found(var open) && open.isAnonymous()) {
            return guests.admit(request, next);
        }
        var sent = request.servletRequest();
        var caller = authenticator.authenticate(
                sent.getHeader("Authorization"),
                call.match() instanceof PathMatch.Found(var endpoint) && endpoint.acceptsPassword(),
                ClientShare.of(sent));
        if (!caller.isOfPlatform()) {
            throw Problem.of(ProblemCode.UNAUTHORIZED, "A machine key is no log-in of this API.")
                    .exception();
        }
        call.admit(caller);
        rates.require(caller.caller(), perMinute);
        return next.handle(request);
    }

    /** 406, and 400 for a query that no service can read. */
    ServerResponse negotiate(ServerRequest request, HandlerFunction<ServerResponse> next) throws Exception {
        var call = of(request);
        EdgeMetrics.name(request.servletRequest(), call.endpoint().path());
        call.accept(call.endpoint().isFile() ? JsonAnswer.JSON : JsonAnswer.of(accept(request.servletRequest())));
        if (call.accepted() == JsonAnswer.NONE) {
            throw Problem.of(ProblemCode.NOT_ACCEPTABLE, "The answer is JSON, which Accept excludes.")
                    .exception();
        }
        QueryText.require(request.servletRequest().getQueryString());
        return next.handle(request);
    }

    /** 415, 413 and 400 for the body. What passes goes on with the caller's identity in place of his credentials. */
    ServerResponse read(ServerRequest request, HandlerFunction<ServerResponse> next) throws Exception {
        var call = of(request);
        var sent = request.servletRequest();
        call.guestOrCaller()
                .map(Authentication::tenant)
                .ifPresent(tenant -> BodyBudget.of(sent).alsoOfTenant(tenant));
        var body = body(sent);
        var family = call.endpoint().isFile() ? AnswerFamily.FILE : AnswerFamily.API;
        new ServiceCall(call.path(), body, headers(call, sent), call.accepted().contentType(), family).attach(sent);
        return next.handle(request);
    }

    /** The old key stops working at once, not when the news has come around. */
    ServerResponse forgetOldKey(ServerRequest request, HandlerFunction<ServerResponse> next) throws Exception {
        var answer = next.handle(request);
        var call = of(request);
        if (call.endpoint().path().equals(NEW_KEY)) {
            authenticator.forget(call.caller().id());
        }
        return answer;
    }

    /** Says why no route takes the request. */
    ServerResponse refuse(ServerRequest request) throws Exception {
        var call = of(request);
        var isOfApi = call.path().startsWith("/v2/") || call.path().equals("/v2");
        if (call.match() instanceof PathMatch.Unknown && !isOfApi) {
            throw unknown();
        }
        return admit(request, _ -> {
            throw switch (call.match()) {
                case PathMatch.Retired _ ->
                    Problem.of(ProblemCode.GONE, "This part of the API is no more.")
                            .exception();
                case PathMatch.OtherMethods(var allow) ->
                    new NotAllowed(request.servletRequest().getMethod(), allow).exception();
                case PathMatch.Unknown _, PathMatch.Found _ -> unknown();
            };
        });
    }

    private PlatformCall of(ServerRequest request) {
        return PlatformCall.of(request.servletRequest(), endpoints);
    }

    /** What the service gets instead of the caller's own. */
    private Map<String, String> headers(PlatformCall call, HttpServletRequest sent) {
        var headers = new HashMap<>(Map.of(
                "Authorization",
                call.guestOrCaller().map(Authentication::bearer).orElse(""),
                RequestId.HEADER,
                RequestId.of(sent),
                CLIENT_ADDRESS,
                ClientShare.of(sent)));
        headers.put(AuditHeaders.IP, sent.getRemoteAddr());
        if (AuditActions.isWriting(sent.getMethod())) {
            call.record(ids.next());
            headers.put(AuditHeaders.ENTRY, call.auditEntry());
        }
        if (call.endpoint().isFile()) {
            headers.put("Accept", "*/*");
        }
        return headers;
    }

    private static byte[] body(HttpServletRequest sent) throws IOException {
        try {
            var body = LimitedBody.open(sent);
            if (body.isEmpty()) {
                return new byte[0];
            }
            if (!JsonContentType.matches(sent.getContentType())) {
                throw Problem.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "The body must be JSON in UTF-8.")
                        .exception();
            }
            var bytes = body.read(LARGEST_BODY);
            // Checked here rather than in the service, whose parser builds values while it reads, and has limits of its
            // own.
            requirePlace(JsonBody.require(bytes).values(), BodyBudget.of(sent));
            return bytes;
        } catch (IOException e) {
            throw new ClientGone(e);
        }
    }

    /** Services make objects of a whole body before they look who may: of five megabytes it may be thirty times as much. */
    private static void requirePlace(int values, BodyBudget.Held held) {
        if (values > MOST_VALUES) {
            throw Problem.of(ProblemCode.PAYLOAD_TOO_LARGE, "The body has more than " + MOST_VALUES + " values.")
                    .exception();
        }
        held.take(values * BYTES_PER_VALUE);
    }

    private static @Nullable String accept(HttpServletRequest sent) {
        var values = sent.getHeaders("Accept");
        if (!values.hasMoreElements()) {
            return null;
        }
        var first = values.nextElement();
        return values.hasMoreElements() ? first + "," + String.join(",", Collections.list(values)) : first;
    }

    private static RuntimeException unknown() {
        return Problem.of(ProblemCode.NOT_FOUND, "There is nothing at this path.")
                .exception();
    }
}

package dev.weft.gateway.edge;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.gateway.answer.AnswerFamily;
import dev.weft.gateway.answer.RequestId;
import dev.weft.gateway.limit.LimitedBody;
import dev.weft.gateway.route.ServiceCall;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Checks requests for log-in pages and tokens, which are forwarded to Keycloak with body and headers unchanged. Only
 * what people and their programs need of realm {@code weft} is reachable (api-v2 2); Keycloak's administration, other
 * realms and client registration are for operators, at Keycloak's own address.
 */
final class KeycloakCheck {

    private static final int LARGEST_BODY = 5 * 1024 * 1024;
    private static final String PREFIX = "/auth";

    private static final Pattern PUBLIC = Pattern.compile("/realms/weft"
            + "(/\\.well-known/.+|/protocol/openid-connect/.+|/login-actions/.+|/account(/.*)?|/device(/.*)?|/broker/.+)?"
            + "|/resources/[^/]+/(login|account|common)/.+");

    /** A way out of the path, also an encoded one; {@code /.well-known} is none. */
    private static final Pattern WAY_OUT =
            Pattern.compile("/\\.{1,2}(/|$)|//|[;\\\\]|%(2e|2f|5c|3b|25|00)", Pattern.CASE_INSENSITIVE);

    private KeycloakCheck() {}

    static boolean concerns(ServerRequest request) {
        return request.servletRequest().getRequestURI().startsWith(PREFIX + "/");
    }

    static ServerResponse check(ServerRequest request, HandlerFunction<ServerResponse> next) throws Exception {
        var sent = request.servletRequest();
        EdgeMetrics.name(sent, "/auth/**");
        var path = sent.getRequestURI();
        var asked = path.substring(PREFIX.length());
        if (WAY_OUT.matcher(path).find() || !PUBLIC.matcher(asked).matches()) {
            throw Problem.of(ProblemCode.NOT_FOUND, "There is nothing at this path.")
                    .exception();
        }
        new ServiceCall(asked, body(sent), headers(sent), null, AnswerFamily.KEYCLOAK).attach(sent);
        return next.handle(request);
    }

    /** All of it before a connection to Keycloak is taken, which who sends slowly would keep. */
    private static byte[] body(HttpServletRequest sent) throws IOException {
        try {
            return LimitedBody.open(sent).read(LARGEST_BODY);
        } catch (IOException e) {
            throw new ClientGone(e);
        }
    }

    private static Map<String, String> headers(HttpServletRequest request) {
        var headers = new HashMap<String, String>();
        headers.put(RequestId.HEADER, RequestId.of(request));
        // Replaces the values that the caller may have sent under these names.
        headers.put("X-Forwarded-For", request.getRemoteAddr());
        headers.put("X-Forwarded-Proto", request.getScheme());
        headers.put("X-Forwarded-Port", Integer.toString(request.getServerPort()));
        putIfKnown(headers, "X-Forwarded-Host", request.getHeader("Host"));
        return headers;
    }

    private static void putIfKnown(Map<String, String> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.put(name, value);
        }
    }
}

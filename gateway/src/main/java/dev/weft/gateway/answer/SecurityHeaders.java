package dev.weft.gateway.answer;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.catalina.connector.Response;

/**
 * Headers that tell browsers what they may do with an answer. They are set before anything else happens to a request,
 * so that refusals have them too; whoever writes the final answer may replace them.
 */
public final class SecurityHeaders {

    private static final String POLICY = "Content-Security-Policy";
    private static final String TRANSPORT = "Strict-Transport-Security";
    private static final List<String> NAMES = List.of(
            "X-Content-Type-Options",
            POLICY,
            "Referrer-Policy",
            "Cache-Control",
            "Cross-Origin-Resource-Policy",
            TRANSPORT);

    /** A header encoded once: the server would encode each name and value anew for each answer. */
    private record Encoded(byte[] name, byte[] value) {

        static Encoded of(Map.Entry<String, String> header) {
            return new Encoded(
                    header.getKey().getBytes(StandardCharsets.ISO_8859_1),
                    header.getValue().getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private final WebhookHost webhooks;
    private final Map<AnswerFamily, Map<String, String>> families = new EnumMap<>(AnswerFamily.class);
    private final Map<AnswerFamily, List<Encoded>> encoded = new EnumMap<>(AnswerFamily.class);

    /** @param https whether users reach the gateway by https, so that browsers may be told to use nothing else */
    public SecurityHeaders(boolean https, WebhookHost webhooks) {
        this.webhooks = webhooks;
        for (var family : AnswerFamily.values()) {
            var headers = new LinkedHashMap<>(family.headers());
            headers.put("X-Content-Type-Options", "nosniff");
            // The webhooks' host belongs to the flows, and may be reachable by http only.
            if (https && family != AnswerFamily.WEBHOOK_HOST) {
                headers.put(TRANSPORT, "max-age=31536000");
            }
            families.put(family, headers);
            encoded.put(family, headers.entrySet().stream().map(Encoded::of).toList());
        }
    }

    /** By the path alone: nothing else is known yet, and a path that can not be read counts as the API's. */
    void begin(HttpServletRequest request, Response response) {
        var headers = response.getCoyoteResponse().getMimeHeaders();
        for (var header : encoded.getOrDefault(familyOf(request), List.of())) {
            headers.addValue(header.name, 0, header.name.length).setBytes(header.value, 0, header.value.length);
        }
    }

    private AnswerFamily familyOf(HttpServletRequest request) {
        var path = request.getRequestURI();
        if (path != null && path.startsWith("/hook/")) {
            return webhooks.isAsked(request) ? AnswerFamily.WEBHOOK_HOST : AnswerFamily.WEBHOOK;
        }
        if (path != null && AnswerFamily.isOfDocs(path)) {
            return AnswerFamily.DOCS;
        }
        return path != null && path.startsWith("/files/") ? AnswerFamily.FILE : AnswerFamily.API;
    }

    /** Replaces the security headers by those of this family of answers. */
    public void use(AnswerFamily family, HttpServletResponse response) {
        var headers = families.getOrDefault(family, Map.of());
        for (var name : NAMES) {
            // Null removes a header.
            response.setHeader(name, headers.get(name));
        }
    }

    /** Takes back what the answer says itself; two headers of one name would contradict each other. */
    public static void yieldTo(Predicate<String> said, HttpServletResponse response) {
        for (var name : NAMES) {
            if (said.test(name)) {
                response.setHeader(name, null);
            }
        }
    }

    /**
     * The same for a flow's reply. Where it shares the origin of log-in its own policy comes beside ours: browsers obey
     * both, so that it can be stricter and no laxer.
     */
    public static void yieldToFlow(Predicate<String> said, boolean ownHost, HttpServletResponse response) {
        yieldTo(name -> name.equals(POLICY) ? ownHost : said.test(name), response);
    }
}

package dev.weft.gateway.webhook.door;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which web pages may call a webhook from a browser: what the trigger's field {@code cors_origins} names. Every answer
 * to such a page has the headers, refusals too; otherwise its script could not read why it was refused.
 *
 * @param origins {@code https://a.test}, or {@code *} for all; none: no such headers at all
 */
public record CrossOrigin(List<String> origins) {

    private static final String METHODS = "GET, HEAD, POST";
    private static final Pattern NAMES =
            Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+( *, *[!#$%&'*+.^_`|~0-9A-Za-z-]+)*");
    /** Seconds for which a browser need not ask again; a new version may change the answer. */
    private static final String REMEMBERED = "600";

    public boolean isAsked() {
        return !origins.isEmpty();
    }

    /** The methods of a webhook, as Allow has them. */
    public String allow() {
        return isAsked() ? "GET, HEAD, OPTIONS, POST" : METHODS;
    }

    /** Before the answer is written. */
    public void mark(HttpServletRequest request, HttpServletResponse response) {
        if (!isAsked()) {
            return;
        }
        if (origins.contains("*")) {
            response.setHeader("Access-Control-Allow-Origin", "*");
        } else {
            // Also for a page that may not call: otherwise a cache could give it the answer for one that may.
            response.addHeader("Vary", "Origin");
            var origin = request.getHeader("Origin");
            if (origin == null || origins.stream().noneMatch(origin::equalsIgnoreCase)) {
                return;
            }
            response.setHeader("Access-Control-Allow-Origin", origin);
        }
        response.setHeader("Access-Control-Expose-Headers", "*");
    }

    /** 204, with what the page may do when it is one of the origins. */
    public void answerPreflight(HttpServletRequest request, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        response.setHeader("Allow", allow());
        if (response.getHeader("Access-Control-Allow-Origin") == null) {
            return;
        }
        response.setHeader("Access-Control-Allow-Methods", METHODS);
        var headers = request.getHeader("Access-Control-Request-Headers");
        if (headers != null && NAMES.matcher(headers.strip()).matches()) {
            response.setHeader("Access-Control-Allow-Headers", headers.strip());
        }
        response.setHeader("Access-Control-Max-Age", REMEMBERED);
    }
}

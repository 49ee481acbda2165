package dev.weft.gateway.answer;

import java.util.Map;

/** Kinds of answers, each with its own security headers for browsers; {@code docs/security.md} has them as a table. */
public enum AnswerFamily {
    /** JSON of the platform, and whatever the gateway itself refuses outside of the other families. */
    API(Map.of(
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Referrer-Policy", "no-referrer",
            "Cache-Control", "no-store",
            "Cross-Origin-Resource-Policy", "same-origin")),
    /** Stored content of any type, which strangers may have written. */
    FILE(Map.of(
            "Content-Security-Policy", "sandbox",
            "Referrer-Policy", "no-referrer",
            "Cache-Control", "no-store",
            "Cross-Origin-Resource-Policy", "same-origin")),
    /** The description of the API and its viewer, which styles its page itself, and runs no script but its files. */
    DOCS(Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
                    + "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
            "Referrer-Policy",
            "no-referrer",
            "Cache-Control",
            "no-cache",
            "Cross-Origin-Resource-Policy",
            "same-origin")),
    /** What flows answer. Pages of any origin may embed it; the trigger's {@code cors_origins} says which may read it. */
    WEBHOOK(Map.of(
            "Content-Security-Policy", "sandbox",
            "Referrer-Policy", "no-referrer",
            "Cache-Control", "no-store",
            "Cross-Origin-Resource-Policy", "cross-origin")),
    /** The same where webhooks have a host of their own: until the flow itself answers, nothing is to be run or framed. */
    WEBHOOK_HOST(Map.of(
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Referrer-Policy", "no-referrer",
            "Cache-Control", "no-store",
            "Cross-Origin-Resource-Policy", "cross-origin")),
    /**
     * What Keycloak answers. It has a policy for each of its pages; where it has none (scripts, images, and the frame in
     * which clients look whether the session still holds) a stricter one would break what other origins do with them.
     */
    KEYCLOAK(Map.of(
            "Content-Security-Policy", "object-src 'none'; base-uri 'none'",
            "Referrer-Policy", "no-referrer"));

    @SuppressWarnings("ImmutableEnumChecker") // always filled by Map.of
    private final Map<String, String> headers;

    AnswerFamily(Map<String, String> headers) {
        this.headers = headers;
    }

    /** Whether the path is for {@link #DOCS} alone, whatever is there. */
    public static boolean isOfDocs(String path) {
        return path.equals("/docs") || path.startsWith("/docs/") || path.startsWith("/openapi/");
    }

    Map<String, String> headers() {
        return headers;
    }
}

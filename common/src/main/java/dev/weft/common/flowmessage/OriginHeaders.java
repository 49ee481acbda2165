package dev.weft.common.flowmessage;

import java.util.Locale;

/**
 * Headers of a flow's reply that act on all of its origin. Unless webhooks have a host of their own, that is the one of log-in
 * and console: the door leaves them out, and the engine says so in the flow's log (api-v2 11.5).
 */
public final class OriginHeaders {

    private OriginHeaders() {}

    public static boolean contains(String header) {
        return switch (header.toLowerCase(Locale.ROOT)) {
            // What the browser keeps of the origin, or takes away.
            case "set-cookie", "set-cookie2", "clear-site-data", "set-login", "use-as-dictionary" -> true;
            case "secure-session-registration", "sec-session-registration" -> true;
            case "service-worker-allowed" -> true;
            // How it reaches the origin from then on, and what it asks there.
            case "strict-transport-security", "public-key-pins", "public-key-pins-report-only", "expect-ct" -> true;
            case "alt-svc", "accept-ch", "accept-ch-lifetime", "origin-agent-cluster" -> true;
            // Whom it tells of all that is asked there.
            case "nel", "report-to", "reporting-endpoints" -> true;
            default -> false;
        };
    }
}

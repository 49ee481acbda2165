package dev.weft.common.flowmessage;

import java.util.Locale;

/**
 * Headers of a flow's reply that act on the whole origin. Unless webhooks have a host of their own, that is the origin
 * of log-in and console: then the gateway leaves these headers out, and the engine says so in the flow's log (api-v2
 * 11.5).
 */
public final class OriginHeaders {

    private OriginHeaders() {}

    public static boolean contains(String header) {
        return switch (header.toLowerCase(Locale.ROOT)) {
            // Headers that change what the browser stores for the origin.
            case "set-cookie", "set-cookie2", "clear-site-data", "set-login", "use-as-dictionary" -> true;
            case "secure-session-registration", "sec-session-registration" -> true;
            case "service-worker-allowed" -> true;
            // Headers that change how the browser connects to this origin, and what it sends there.
            case "strict-transport-security", "public-key-pins", "public-key-pins-report-only", "expect-ct" -> true;
            case "alt-svc", "accept-ch", "accept-ch-lifetime", "origin-agent-cluster" -> true;
            // Headers that send reports about the origin to others.
            case "nel", "report-to", "reporting-endpoints" -> true;
            default -> false;
        };
    }
}

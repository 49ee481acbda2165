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
            case "set-cookie", "service-worker-allowed", "clear-site-data", "strict-transport-security" -> true;
            default -> false;
        };
    }
}

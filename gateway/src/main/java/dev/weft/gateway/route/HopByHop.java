package dev.weft.gateway.route;

import java.util.Locale;
import java.util.Set;

/** Headers that concern a single connection and are not forwarded (RFC 9110 7.6.1). */
public final class HopByHop {

    private static final Set<String> NAMES = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private HopByHop() {}

    /** @param connection the value of the Connection header, which may name further ones; empty if there is none */
    public static boolean contains(String header, String connection) {
        var name = header.toLowerCase(Locale.ROOT);
        if (NAMES.contains(name)) {
            return true;
        }
        if (connection.isEmpty()) {
            return false;
        }
        for (var named : connection.split(",", -1)) {
            if (named.strip().equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }
}

package dev.weft.gateway.answer;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/**
 * The host name that an installation may give to webhooks alone. Without one, what a flow answers shares its origin with
 * log-in and console: browsers are told to run nothing of it, and headers that act on the whole origin do not go out.
 *
 * @param name without port; empty: there is none
 */
public record WebhookHost(String name) {

    public WebhookHost {
        name = name.strip().toLowerCase(Locale.ROOT);
    }

    /** Whether the request came to that host. */
    public boolean isAsked(HttpServletRequest request) {
        return !name.isEmpty() && name.equalsIgnoreCase(request.getServerName());
    }

    /**
     * Whether a cookie stays at that host. One with the {@code Domain} of a parent would be sent to log-in and console too,
     * when they are at a sibling of it.
     *
     * @param cookie the value of {@code Set-Cookie}
     */
    public boolean keeps(String cookie) {
        for (var attribute : cookie.split(";", -1)) {
            var equals = attribute.indexOf('=');
            if (equals > 0 && attribute.substring(0, equals).strip().equalsIgnoreCase("Domain")) {
                var domain = attribute.substring(equals + 1).strip().toLowerCase(Locale.ROOT);
                // Browsers ignore the dot at its beginning, and a domain that is empty.
                if (!domain.isEmpty() && !domain.equals(name) && !domain.equals("." + name)) {
                    return false;
                }
            }
        }
        return true;
    }
}

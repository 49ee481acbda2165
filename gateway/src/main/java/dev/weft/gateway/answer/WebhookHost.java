package dev.weft.gateway.answer;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/**
 * The separate host name that an installation may give to webhooks. Without one, flows answer on the same origin as
 * log-in and console: then browsers are told not to run such answers, and headers that act on the whole origin are
 * removed.
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
                // Browsers ignore a leading dot, and an empty Domain attribute.
                if (!domain.isEmpty() && !domain.equals(name) && !domain.equals("." + name)) {
                    return false;
                }
            }
        }
        return true;
    }
}

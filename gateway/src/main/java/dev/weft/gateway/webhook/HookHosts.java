package dev.weft.gateway.webhook;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Whether webhooks are called at a host of their own. Otherwise what a flow answers shares its origin with log-in and
 * console: browsers are told to run nothing of it, and headers that act on the whole origin do not go out.
 *
 * @param own host name without port; empty: none
 */
record HookHosts(String own) {

    boolean isApart(HttpServletRequest request) {
        return !own.isEmpty() && own.equalsIgnoreCase(request.getServerName());
    }

    /** Before anything is answered, refusals included. */
    void protect(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (!isApart(request)) {
            response.setHeader("Content-Security-Policy", "sandbox");
        }
    }
}

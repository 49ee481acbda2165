package dev.weft.gateway.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** One request on its way through the edge. */
record EdgeCall(HttpServletRequest request, HttpServletResponse response, FilterChain chain, String requestId) {

    /** The raw path without trailing slashes, which mean nothing (api-v2 1.1). */
    String path() {
        var path = request.getRequestURI();
        var end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }
}

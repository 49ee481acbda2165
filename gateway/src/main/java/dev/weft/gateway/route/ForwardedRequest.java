package dev.weft.gateway.route;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that passed all checks of the edge, on its way to a service: its body is at hand, its path has no
 * trailing slash, HEAD has become GET (the server drops the body), and it carries what the caller may not set itself.
 */
public final class ForwardedRequest extends HttpServletRequestWrapper {

    private final Backend backend;
    private final String path;
    private final ForwardedBody body;
    private final Map<String, String> headers;
    private final @Nullable String jsonType;

    /**
     * @param path     where it goes at the service, raw, without the query
     * @param headers  set instead of the caller's: the internal token, the request id
     * @param jsonType the content type in which JSON of the service is answered; null: as the service sends it
     */
    public ForwardedRequest(
            HttpServletRequest request,
            Backend backend,
            String path,
            ForwardedBody body,
            Map<String, String> headers,
            @Nullable String jsonType) {
        super(request);
        this.backend = backend;
        this.path = path;
        this.body = body;
        this.headers = headers;
        this.jsonType = jsonType;
    }

    @Override
    public String getMethod() {
        var method = super.getMethod();
        return method.equals("HEAD") ? "GET" : method;
    }

    /** None: the query goes on as it came, and asking the server would make it read a form body. */
    @Override
    public Map<String, String[]> getParameterMap() {
        return Map.of();
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.emptyEnumeration();
    }

    @Override
    public @Nullable String getParameter(String name) {
        return null;
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return null;
    }

    Backend backend() {
        return backend;
    }

    /** Path and query at the service. */
    String target() {
        var query = getQueryString();
        return query == null ? path : path + "?" + query;
    }

    ForwardedBody body() {
        return body;
    }

    Map<String, String> headers() {
        return headers;
    }

    @Nullable
    String jsonType() {
        return jsonType;
    }
}

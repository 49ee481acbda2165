package dev.weft.gateway.connection;

import dev.weft.gateway.answer.TomcatErrors;
import dev.weft.gateway.limit.ClientShare;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Gives requests that come through a trusted proxy the address of their client, which all limits by address then use. A
 * proxy's connections serve many clients, so for them the number of requests in work is limited instead of the
 * connections.
 */
final class ProxiedRequests extends ValveBase {

    private final TrustedProxies proxies;
    private final int most;
    private final ConcurrentHashMap<InetAddress, Integer> working = new ConcurrentHashMap<>();

    /** @param most requests of one client at once; 0: no limit */
    ProxiedRequests(TrustedProxies proxies, int most) {
        // Says that it supports asynchronous requests; otherwise it would forbid them to everything behind it.
        super(true);
        this.proxies = proxies;
        this.most = most;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (proxies.isEmpty()) {
            getNext().invoke(request, response);
            return;
        }
        var peer = InetAddress.ofLiteral(request.getRemoteAddr());
        if (!proxies.contains(peer)) {
            getNext().invoke(request, response);
            return;
        }
        var told = ForwardedHeaders.of(request);
        var client = proxies.client(peer, told.clients());
        request.setRemoteAddr(client.getHostAddress());
        request.setRemoteHost(client.getHostAddress());
        told.scheme().ifPresent(scheme -> useScheme(scheme, request));
        passWithinBounds(ClientShare.of(client), request, response);
    }

    private static void useScheme(String scheme, Request request) {
        if (scheme.equalsIgnoreCase("https")) {
            request.setSecure(true);
            request.getCoyoteRequest().scheme().setString("https");
            // Tomcat has filled in port 80 where the Host header names no port; behind an https proxy that is 443.
            if (request.getServerPort() == 80) {
                request.setServerPort(443);
            }
        }
    }

    private void passWithinBounds(InetAddress client, Request request, Response response)
            throws IOException, ServletException {
        try {
            // Counted before it is compared: of two requests at once only one can be the last that fits.
            if (working.merge(client, 1, Integer::sum) > most && most > 0) {
                response.setHeader("Retry-After", "1");
                TomcatErrors.write(503, response);
            } else {
                getNext().invoke(request, response);
            }
        } finally {
            working.computeIfPresent(client, (_, count) -> count == 1 ? null : count - 1);
        }
    }
}

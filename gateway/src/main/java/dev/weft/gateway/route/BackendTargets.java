package dev.weft.gateway.route;

import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import org.apache.hc.core5.http.HttpHost;

/** The address of each backend. */
final class BackendTargets {

    private final EnumMap<Backend, URI> uris = new EnumMap<>(Backend.class);
    private final EnumMap<Backend, HttpHost> hosts = new EnumMap<>(Backend.class);

    BackendTargets(Map<Backend, String> bases) {
        bases.forEach((backend, base) -> {
            var uri = URI.create(base.endsWith("/") ? base.substring(0, base.length() - 1) : base);
            uris.put(backend, uri);
            hosts.put(backend, new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort()));
        });
    }

    URI of(Backend backend) {
        return required(uris, backend);
    }

    HttpHost host(Backend backend) {
        return required(hosts, backend);
    }

    /** The path that stands before every target of the backend; empty for most. */
    String prefix(Backend backend) {
        var path = of(backend).getRawPath();
        return path == null ? "" : path;
    }

    private static <T> T required(Map<Backend, T> values, Backend backend) {
        var value = values.get(backend);
        if (value == null) {
            throw new IllegalStateException("No address of " + backend.label() + " is set.");
        }
        return value;
    }
}

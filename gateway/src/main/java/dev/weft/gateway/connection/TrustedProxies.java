package dev.weft.gateway.connection;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.apache.catalina.util.NetMaskSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides whose word about a client's address is believed. Everybody can send {@code X-Forwarded-For}; reliable are
 * only the address that is connected to us, and what each trusted proxy says of the address connected to it.
 */
final class TrustedProxies {

    private final NetMaskSet networks;

    private TrustedProxies(NetMaskSet networks) {
        this.networks = networks;
    }

    /** @param networks {@code 10.0.0.0/8, fd00::/8}; empty: nobody is trusted */
    static TrustedProxies of(String networks) {
        return new TrustedProxies(networks.isBlank() ? new NetMaskSet() : NetMaskSet.parse(networks));
    }

    boolean isEmpty() {
        return networks.isEmpty();
    }

    boolean contains(@Nullable InetAddress address) {
        return address != null && networks.contains(address);
    }

    /**
     * Who sent a request: the rightmost address that is no trusted proxy's. What stands left of it is the sender's own
     * word. Where a proxy does not tell ({@code unknown}, a made-up name) the request counts as that proxy's.
     *
     * @param peer who is connected to us
     * @param told what the proxies have told, the nearest at the end
     */
    InetAddress client(InetAddress peer, List<String> told) {
        var client = peer;
        for (var i = told.size() - 1; i >= 0 && contains(client); i--) {
            var before = address(told.get(i));
            if (before.isEmpty()) {
                break;
            }
            client = before.get();
        }
        return client;
    }

    /** {@code 1.2.3.4}, {@code 1.2.3.4:5678}, {@code 2001:db8::1}, {@code "[2001:db8::1]:5678"}; names are not looked up. */
    private static Optional<InetAddress> address(String node) {
        var text = node.strip().replace("\"", "");
        // One colon separates a port; more than one is an IPv6 address.
        if (text.startsWith("[")) {
            text = text.substring(1, Math.max(1, text.indexOf(']')));
        } else if (text.indexOf(':') >= 0 && text.indexOf(':') == text.lastIndexOf(':')) {
            text = text.substring(0, text.indexOf(':'));
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

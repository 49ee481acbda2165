package dev.weft.gateway.limit;

import jakarta.servlet.ServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * The key of a client in limits by address: the IPv4 address, or the first half (/64) of an IPv6 address. Whoever has
 * one IPv6 address usually has the 2^64 that share this half, and could otherwise pass for as many clients.
 */
public final class ClientShare {

    private ClientShare() {}

    /** Of a request, whose address is the client's also behind a trusted proxy. */
    public static String of(ServletRequest request) {
        var address = request.getRemoteAddr();
        return address.indexOf(':') < 0
                ? address
                : of(InetAddress.ofLiteral(address)).getHostAddress();
    }

    public static InetAddress of(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        var octets = address.getAddress();
        Arrays.fill(octets, 8, octets.length, (byte) 0);
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Sixteen octets are an address.", e);
        }
    }
}

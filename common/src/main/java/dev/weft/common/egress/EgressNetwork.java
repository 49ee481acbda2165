package dev.weft.common.egress;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/** Addresses that share their first bits: {@code 10.0.0.0/8}, {@code fc00::/7}; without a length one address. */
record EgressNetwork(InetAddress prefix, int length) {

    /** @throws IllegalArgumentException when the text is no network */
    static EgressNetwork of(String text) {
        var slash = text.indexOf('/');
        var address = literal(slash < 0 ? text : text.substring(0, slash));
        var bits = address.getAddress().length * 8;
        var length = slash < 0 ? bits : number(text.substring(slash + 1), text);
        if (length < 0 || length > bits) {
            throw new IllegalArgumentException("Not a network: " + text);
        }
        return new EgressNetwork(address, length);
    }

    boolean contains(InetAddress address) {
        var own = prefix.getAddress();
        var other = address.getAddress();
        if (own.length != other.length) {
            return false;
        }
        for (var bit = 0; bit < length; bit++) {
            var mask = 0x80 >> (bit & 7);
            if ((own[bit >> 3] & mask) != (other[bit >> 3] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** Never asks a name server. */
    private static InetAddress literal(String text) {
        try {
            return text.indexOf(':') < 0 ? Inet4Address.ofLiteral(text) : Inet6Address.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Not an address: " + text, e);
        }
    }

    private static int number(String digits, String text) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Not a network: " + text, e);
        }
    }
}

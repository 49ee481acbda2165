package dev.weft.common.egress;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Decides which addresses may be connected to on behalf of tenants. It resolves a host's name and returns the checked
 * addresses, to which the caller then connects: a second DNS answer can not lead elsewhere. Special-purpose networks
 * are refused (IANA's registries, among them loopback, private, link-local with the metadata services of clouds,
 * carrier NAT, multicast), and of IPv6 everything but global unicast; an IPv6 address that contains a refused IPv4
 * address is refused too.
 */
public final class EgressGuard {

    private static final List<EgressNetwork> REFUSED = networks("""
            0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
            192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24
            203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 2001::/23 2001:db8::/32 2002::/16 3fff::/20""");
    private static final EgressNetwork GLOBAL_IPV6 = EgressNetwork.of("2000::/3");

    private final List<EgressNetwork> allowed;

    /** @param allowed networks in CIDR form, separated by commas or blanks */
    public EgressGuard(String allowed) {
        this.allowed = networks(allowed);
    }

    /**
     * The addresses of a host that may be connected to.
     *
     * @throws EgressRefused        when there are addresses, but none may be used
     * @throws UnknownHostException when there are none
     */
    public InetAddress[] resolve(String host) throws UnknownHostException {
        var usable = Arrays.stream(InetAddress.getAllByName(host))
                .filter(this::isAllowed)
                .toArray(InetAddress[]::new);
        if (usable.length == 0) {
            throw new EgressRefused(host);
        }
        return usable;
    }

    public boolean isAllowed(InetAddress address) {
        if (allowed.stream().anyMatch(network -> network.contains(address))) {
            return true;
        }
        return (address instanceof Inet4Address || GLOBAL_IPV6.contains(address))
                && REFUSED.stream().noneMatch(network -> network.contains(address));
    }

    private static List<EgressNetwork> networks(String text) {
        return Arrays.stream(text.split("[,\\s]+"))
                .filter(part -> !part.isEmpty())
                .map(EgressNetwork::of)
                .toList();
    }
}

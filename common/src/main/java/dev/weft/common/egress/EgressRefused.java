package dev.weft.common.egress;

import java.net.UnknownHostException;

/** The guard refuses an address that a tenant wants to connect to. */
public final class EgressRefused extends UnknownHostException {

    private static final long serialVersionUID = 1L;

    EgressRefused(String host) {
        super("Connections to " + host + " are not allowed: it is in a private or reserved network.");
    }
}

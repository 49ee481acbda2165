package dev.weft.gateway.route;

/** Who answers a request behind the gateway. */
public enum Backend {
    IDENTITY,
    WORKSPACE,
    REGISTRY,
    FLOW,
    EXECUTION,
    KEYCLOAK;

    /** The name in messages and metrics. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}

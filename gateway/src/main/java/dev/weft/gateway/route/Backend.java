package dev.weft.gateway.route;

/** The servers behind the gateway that answer requests. */
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

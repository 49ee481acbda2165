package dev.weft.flow.flow;

import java.util.Locale;

/** What is wanted of a flow. */
public enum FlowStatus {
    ACTIVE,
    INACTIVE,
    SUSPENDED;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static FlowStatus of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}

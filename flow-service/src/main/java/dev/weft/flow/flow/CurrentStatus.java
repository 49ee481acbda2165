package dev.weft.flow.flow;

import java.util.Locale;
import java.util.Optional;

/** What a flow really does: inactive, starting, active, stopping, suspending, suspended (api-v2 9.5). */
public enum CurrentStatus {
    INACTIVE,
    STARTING,
    ACTIVE,
    STOPPING,
    SUSPENDING,
    SUSPENDED;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<CurrentStatus> find(String wire) {
        for (var status : values()) {
            if (status.wire().equals(wire)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }
}

package dev.weft.workspace.workspacerecord;

import java.util.Locale;
import java.util.Set;

/** In a limited workspace flows stop by themselves some hours after their start (api-v2 6.2). */
public enum WorkspaceType {
    FULL,
    LIMITED;

    public static final Set<String> WORDS = Set.of("full", "limited");

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static WorkspaceType of(String wire) {
        // ROOT: in a Turkish locale "limited" has a dotted capital I, which names nothing.
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}

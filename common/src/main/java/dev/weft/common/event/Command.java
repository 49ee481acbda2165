package dev.weft.common.event;

import java.util.Locale;

/**
 * Every command; its wire name is the {@code type} of the {@link DomainEvent}. All of them go to execution-service,
 * whose name is their routing key on {@code weft.commands}. Their payloads are in {@code docs/events.md}.
 */
public enum Command {
    FLOW_START,
    FLOW_UPDATE,
    FLOW_STOP,
    FLOW_SUSPEND,
    FLOW_RUN_NOW,
    FLOW_DELETE;

    public static final String SERVICE = "execution-service";

    /** {@code flow.run-now}: the first word is what it is for, the rest what to do. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replaceFirst("_", ".").replace('_', '-');
    }
}

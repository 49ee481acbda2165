package dev.weft.common.flowmessage;

import java.time.Duration;

/**
 * How long a gateway may remember a flow's door without asking again. Changes are announced, so this is a safety net.
 * The queue of a door must be kept for longer than that, since calls through an old door would still be accepted into
 * it.
 */
public final class DoorTerm {

    public static final Duration LONGEST = Duration.ofMinutes(10);

    private DoorTerm() {}
}

package dev.weft.common.flowmessage;

import java.time.Duration;

/**
 * How long a gateway may know the door of a flow without asking again. Changes are announced, so this is a net; the queue
 * that a door leads to must not go before, since calls through an old door would be accepted into it.
 */
public final class DoorTerm {

    public static final Duration LONGEST = Duration.ofMinutes(10);

    private DoorTerm() {}
}

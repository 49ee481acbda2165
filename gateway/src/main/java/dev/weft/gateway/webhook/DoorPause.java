package dev.weft.gateway.webhook;

import java.time.Duration;

/** How long to wait before something is tried again: twice as long each time, from 200 ms to 5 s. */
final class DoorPause {

    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    /** What held for so long was no failure of the attempt. */
    private static final Duration HELD = Duration.ofSeconds(30);

    private Duration next = FIRST;

    /** @param lasted how long the last attempt held */
    Duration after(Duration lasted) {
        var pause = lasted.compareTo(HELD) >= 0 ? FIRST : next;
        var doubled = pause.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return pause;
    }
}

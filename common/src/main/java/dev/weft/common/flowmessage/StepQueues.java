package dev.weft.common.flowmessage;

import java.util.Set;

/**
 * Decides which steps have a queue of their own in a run: all but built-in steps that only look at or change their
 * message. Those are done together with the step before them, by the same worker.
 */
public final class StepQueues {

    private static final Set<String> DONE_WITH_OTHERS = Set.of(
            "weft/webhook:receive",
            "weft/timer:timer",
            "weft/mapper:map",
            "weft/filter:filter",
            "weft/splitter:split",
            "weft/http:reply",
            "weft/log:log");

    private StepQueues() {}

    /** @param command {@code team/component:method}, with or without {@code @version} */
    public static boolean hasOwn(String command) {
        var version = command.indexOf('@');
        return !DONE_WITH_OTHERS.contains(version < 0 ? command : command.substring(0, version));
    }
}

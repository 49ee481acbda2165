package dev.weft.execution.worker;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts our own exceptions per message while this process has it; the third makes an error record ({@link Workers}).
 * The map is nearly always empty.
 */
final class FaultCounts {

    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    /** With this one. */
    int count(String messageId) {
        return counts.merge(messageId, 1, Integer::sum);
    }

    void forget(String messageId) {
        if (!counts.isEmpty()) {
            counts.remove(messageId);
        }
    }
}

package dev.weft.execution.worker;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How often there was a fault of ours at a message, as long as it is in this process. There are few, if any. */
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

package dev.weft.execution.queue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads and removes the headers that the broker writes on a message when it dead-letters it to another queue. */
public final class Deaths {

    private static final String DEATHS = "x-death";

    private Deaths() {}

    /**
     * Whether this was what happened to it last; the broker puts the last first.
     *
     * @param reason {@code expired}, {@code rejected}, {@code delivery_limit}
     */
    public static boolean isLast(Map<String, Object> headers, String reason) {
        return headers.get(DEATHS) instanceof List<?> deaths
                && !deaths.isEmpty()
                && deaths.getFirst() instanceof Map<?, ?> last
                && String.valueOf(last.get("reason")).equals(reason);
    }

    /** The headers without those words: a message that is sent on must not grow by them. */
    public static Map<String, Object> removed(Map<String, Object> headers) {
        var kept = new HashMap<>(headers);
        kept.keySet()
                .removeIf(name ->
                        name.equals(DEATHS) || name.equals("x-delivery-count") || name.startsWith("x-first-death"));
        return kept;
    }
}

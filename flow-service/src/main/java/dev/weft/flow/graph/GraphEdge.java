package dev.weft.flow.graph;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The way of messages from one step to the next.
 *
 * @param source    null on the edge into the error handler, which no step sends to
 * @param mapper    walked to make the next message: strings are JSONata, other values literal; empty passes the body on
 * @param condition JSONata that decides whether a message takes this edge; null for all of them
 */
public record GraphEdge(
        @Nullable String source,
        String target,
        Map<String, @Nullable Object> mapper,
        @Nullable String condition) {

    /** {@code mapper:<source>:<target>} when there is a mapper, else {@code <source>:<target>}. */
    public String id() {
        var ends = (source == null ? "" : source) + ":" + target;
        return mapper.isEmpty() ? ends : "mapper:" + ends;
    }

    public boolean isPlain() {
        return mapper.isEmpty() && condition == null;
    }
}

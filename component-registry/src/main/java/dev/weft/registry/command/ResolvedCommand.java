package dev.weft.registry.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The function that a command names.
 *
 * @param kind        {@code trigger} or {@code action}
 * @param polling     a trigger that fires by time
 * @param function    its entry in the descriptor: {@code title}, {@code fields}, {@code metadata}, ..
 * @param credentials the descriptor's {@code credentials}
 * @param service     the descriptor's {@code service}
 */
record ResolvedCommand(
        @JsonProperty("component_id") String componentId,
        String revision,
        String team,
        String component,
        String method,
        String kind,
        boolean polling,
        Map<?, ?> function,
        @Nullable Map<?, ?> credentials,
        @Nullable String service) {}

package dev.weft.common.flowmessage;

import java.util.Map;

/** Where a flow message goes that was laid aside and is sent again: only who knows the flows as they are now can tell. */
@FunctionalInterface
public interface FlowMessageRoute {

    /** @param headers as it came to where it was laid aside */
    Way of(Map<String, Object> headers);

    /** How it is sent on, or why it is not. */
    sealed interface Way {

        record To(String queue, Map<String, Object> headers) implements Way {}

        record Nowhere(String reason) implements Way {}
    }
}

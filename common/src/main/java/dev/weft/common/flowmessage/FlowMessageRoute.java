package dev.weft.common.flowmessage;

import java.util.Map;

/**
 * Decides where a flow message that was laid aside goes when it is sent again; implemented by the service that knows
 * the present flows.
 */
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

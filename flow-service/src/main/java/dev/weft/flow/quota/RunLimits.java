package dev.weft.flow.quota;

import java.util.OptionalLong;

/**
 * What the flows of a contract that run may have together (api-v2 12); empty: any number.
 *
 * @param containers of steps of components that are not built in, each with all its replicas
 */
public record RunLimits(OptionalLong queues, OptionalLong containers) {}

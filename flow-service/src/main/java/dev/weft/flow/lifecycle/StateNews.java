package dev.weft.flow.lifecycle;

import dev.weft.flow.flow.CurrentStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * What execution-service says about a flow.
 *
 * @param wish    the last wish it knew when it said so
 * @param version counts its news about this flow; 0 when their order does not matter
 * @param due     the next polling run, if it said anything about that; empty inside for none
 * @param queues  that all runs of the flow have, if it said so
 */
record StateNews(
        String flowId,
        CurrentStatus current,
        long wish,
        long version,
        Optional<Optional<Instant>> due,
        Optional<Long> queues) {}

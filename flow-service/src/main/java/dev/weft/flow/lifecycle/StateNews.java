package dev.weft.flow.lifecycle;

import dev.weft.flow.flow.CurrentStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * What execution-service reports about a flow.
 *
 * @param wish    the number of the last wish that it knew
 * @param version counts its news about this flow; 0 when their order does not matter
 * @param due     the next polling run, if it said anything about that; empty inside for none
 * @param queues  how many all runs of the flow have, if it said so
 */
record StateNews(
        String flowId,
        CurrentStatus current,
        long wish,
        long version,
        Optional<Optional<Instant>> due,
        Optional<Long> queues) {}

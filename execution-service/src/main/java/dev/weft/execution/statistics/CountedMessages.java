package dev.weft.execution.statistics;

import dev.weft.execution.plan.Plan;
import dev.weft.execution.run.QueuedMessages;
import org.springframework.stereotype.Service;

/** Tells what {@link QueueCounts} finds waiting. */
@Service
class CountedMessages implements QueuedMessages {

    private final QueueCounts counts;

    CountedMessages(QueueCounts counts) {
        this.counts = counts;
    }

    @Override
    public long of(Plan plan) {
        return counts.of(plan).values().stream()
                .mapToLong(QueueCounts.Count::ready)
                .sum();
    }
}

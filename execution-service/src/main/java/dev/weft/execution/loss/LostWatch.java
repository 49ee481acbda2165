package dev.weft.execution.loss;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** What repeated looks have shown of one execution that gets no record and that no process holds. */
final class LostWatch {

    /**
     * One look proves too little: a message that goes from a queue to a worker in that moment is in neither. By the next
     * look it has arrived.
     */
    private static final int LOOKS = 2;

    private final long revision;
    private final Instant patience;
    private final Map<String, Integer> empty = new HashMap<>();

    /**
     * @param revision of the execution; it moves with each record
     * @param patience until then a message may be where no look finds it
     */
    LostWatch(long revision, Instant patience) {
        this.revision = revision;
        this.patience = patience;
    }

    /** Whether no record has come since it began. */
    boolean isOf(long current) {
        return revision == current;
    }

    /**
     * At this look nobody held anything of the execution.
     *
     * @param queues in which nothing was ready a moment before. What was empty earlier than the patience ends counts for
     *               nothing, since the message may have come to that queue afterwards
     */
    void look(Instant now, Collection<String> queues) {
        if (!now.isBefore(patience)) {
            queues.forEach(queue -> empty.merge(queue, 1, Integer::sum));
        }
    }

    /** @param queues all in which its messages may be */
    boolean isLost(Collection<String> queues) {
        return !queues.isEmpty() && queues.stream().allMatch(queue -> empty.getOrDefault(queue, 0) >= LOOKS);
    }
}

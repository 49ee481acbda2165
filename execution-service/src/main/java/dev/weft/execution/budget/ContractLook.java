package dev.weft.execution.budget;

import dev.weft.common.broker.ContractBacklogs.Known;
import dev.weft.common.broker.ContractBacklogs.Word;
import dev.weft.common.broker.SentBytes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What one look of this process finds waiting in the queues of one contract. */
public final class ContractLook {

    /** What a message may weigh at most, about. */
    private static final long LARGEST = 10 * 1024 * 1024;

    private final Map<String, Long> entries = new HashMap<>();
    private final Map<String, Known> runs = new HashMap<>();
    private final Set<String> filled = new HashSet<>();
    private long sent;
    private long taken;

    /**
     * Messages that this process has, begun or not; they are in the broker's queues still.
     *
     * @param bytes of their bodies
     */
    public void held(long count, long bytes) {
        var weight = bytes + count * SentBytes.OVERHEAD;
        sent += weight;
        taken += weight;
    }

    /**
     * Messages that wait in a queue of the run at the broker.
     *
     * @param known     how many of them this process may have published
     * @param sentBytes what those weigh
     * @param usual     what the body of one weighs that this process was given of the queue lately; 0: it was given none
     */
    public void waiting(String run, long count, long known, long sentBytes, long usual) {
        if (count > 0) {
            var takenBytes = usual == 0 ? 0 : count * (usual + SentBytes.OVERHEAD);
            sent += sentBytes;
            taken += takenBytes;
            runs.merge(run, new Known(count, known, sentBytes, usual == 0 ? 0 : count, takenBytes), ContractLook::both);
        }
    }

    /** Of two queues. */
    private static Known both(Known one, Known other) {
        var sums = one.and(other);
        return new Known(
                one.waiting() + other.waiting(), sums.sent(), sums.sentBytes(), sums.taken(), sums.takenBytes());
    }

    /** Of the messages that wait, so many do so for the first step of a run. */
    public void entry(String run, long count) {
        if (count > 0) {
            entries.put(run, count);
        }
    }

    /** Something waits in that queue, here or at the broker: nothing is published to it while too much waits in all. */
    public void filled(String queue) {
        filled.add(queue);
    }

    Word word(String teller) {
        return new Word(teller, sent, taken, Map.copyOf(entries), Map.copyOf(runs));
    }

    Set<String> filled() {
        return filled;
    }

    /** Whether so much waits, or may do so: what gateways have let in may be larger than this process knows. */
    boolean mayReach(long bytes) {
        return Math.max(sent, taken) >= bytes
                || entries.values().stream().mapToLong(Long::longValue).sum() * LARGEST >= bytes;
    }
}

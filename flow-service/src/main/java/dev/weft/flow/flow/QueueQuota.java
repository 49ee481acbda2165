package dev.weft.flow.flow;

import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.flow.quota.FlowReservations;
import dev.weft.flow.quota.FlowReservations.FlowReservation;
import dev.weft.flow.quota.QuotaLookup;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * How many queues the flows of one contract may have together until they are known to have stopped (api-v2 12). Even an
 * empty queue costs the broker memory and a process: without a limit one tenant could take the broker from everybody.
 *
 * <p>The count is taken from the records of the flows; no other counter is kept that could differ from them. A change
 * that adds queues is reserved in addition for as long as its write takes.
 */
@Service
public class QueueQuota {

    private static final Logger log = LoggerFactory.getLogger(QueueQuota.class);

    /** Of a change: the store is given 30 s for a write. One that is noted for longer has lost its process. */
    private static final Duration LONGEST_WRITE = Duration.ofMinutes(2);

    private final FlowRepository flows;
    private final FlowReservations reservations;
    private final QuotaLookup quotas;
    private final FlowProperties limits;
    private final Ids ids;
    private final Clock clock;

    QueueQuota(
            FlowRepository flows,
            FlowReservations reservations,
            QuotaLookup quotas,
            FlowProperties limits,
            Ids ids,
            Clock clock) {
        this.flows = flows;
        this.reservations = reservations;
        this.quotas = quotas;
        this.limits = limits;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Refuses ({@code invalid-state}) what would give the flow more queues than its contract has left by now, so that this
     * is told before what else is wrong. That it stays so is seen to when the change is stored.
     */
    public void requireRoom(Flow before, Flow after) {
        var more = more(before, after);
        if (more <= 0) {
            return;
        }
        var contract = before.place().contractId();
        var limit = limit(contract);
        if (limit.isPresent() && sum(flows.queues(contract)) + more > limit.getAsLong()) {
            throw full(limit.getAsLong());
        }
    }

    /**
     * Stores the change, unless it would give the flow more queues than its contract has left. Of changes that are made at
     * the same time the one that was noted first has room first; one before it that is refused itself, at the very edge
     * of what is left, may have it refused too.
     *
     * @return what storing it has returned
     */
    boolean store(Flow before, Flow after, BooleanSupplier write) {
        if (more(before, after) <= 0) {
            return write.getAsBoolean();
        }
        var contract = before.place().contractId();
        var limit = limit(contract);
        if (limit.isEmpty()) {
            return write.getAsBoolean();
        }
        var now = clock.instant();
        var own = new FlowReservation(ids.next(), before.id(), after.state().queues(), now.plus(LONGEST_WRITE));
        var noted = reservations.add(contract, own);
        if (taken(contract, noted, now) > limit.getAsLong()) {
            removeIfPossible(contract, doneWith(own, noted, now));
            throw full(limit.getAsLong());
        }
        // After a failed write the reservation stays, since the store may have written the change nevertheless. It
        // expires by itself.
        var stored = write.getAsBoolean();
        removeIfPossible(contract, doneWith(own, noted, now));
        return stored;
    }

    /** What is stored is stored: its caller must not take it for failed and repeat it. */
    private void removeIfPossible(String contract, List<String> done) {
        try {
            reservations.remove(contract, done);
        } catch (RuntimeException e) {
            log.warn(
                    "Reserved queues of contract {} can not be given back now; they expire by themselves", contract, e);
        }
    }

    private OptionalLong limit(String contract) {
        return quotas.ofQueues(contract, limits.queuesPerContract());
    }

    private long taken(String contract, List<FlowReservation> noted, Instant now) {
        // Read after our own reservation was added: a reservation that is gone by then was either stored in its flow,
        // or failed.
        var all = new HashMap<>(flows.queues(contract));
        for (var one : noted) {
            if (one.until().isAfter(now)) {
                all.merge(one.flowId(), one.amount(), Math::max);
            }
        }
        return sum(all);
    }

    private static long sum(Map<String, Long> queues) {
        return queues.values().stream().mapToLong(Long::longValue).sum();
    }

    private static List<String> doneWith(FlowReservation own, List<FlowReservation> noted, Instant now) {
        return noted.stream()
                .filter(one -> one.id().equals(own.id()) || !one.until().isAfter(now))
                .map(FlowReservation::id)
                .toList();
    }

    private static long more(Flow before, Flow after) {
        return after.state().queues() - before.state().queues();
    }

    private static RuntimeException full(long limit) {
        return Problem.of(
                        ProblemCode.INVALID_STATE,
                        "The flows of the contract that run or are being stopped would have more than " + limit
                                + " queues.")
                .with("quota", "per_contract_queue_count_limit")
                .with("limit", limit)
                .exception();
    }
}

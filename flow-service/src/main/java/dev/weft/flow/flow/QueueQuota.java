package dev.weft.flow.flow;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.flow.flow.FlowChangeService.Change;
import dev.weft.flow.quota.FlowReservations.FlowReservation;
import dev.weft.flow.quota.QuotaLookup;
import dev.weft.flow.quota.QuotaPlaces;
import dev.weft.flow.quota.RunLimits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * How many queues, and how many containers, the flows of one contract may have together until they are known to have
 * stopped (api-v2 12). Even an empty queue costs the broker memory and a process: without a limit one tenant could take
 * the broker from everybody.
 *
 * <p>The count is taken from the records of the flows; no other counter is kept that could differ from them. A change
 * that adds some is reserved in addition for as long as its write takes.
 */
@Service
public class QueueQuota {

    private final FlowRepository flows;
    private final QuotaPlaces places;
    private final QuotaLookup quotas;
    private final FlowProperties limits;

    QueueQuota(FlowRepository flows, QuotaPlaces places, QuotaLookup quotas, FlowProperties limits) {
        this.flows = flows;
        this.places = places;
        this.quotas = quotas;
        this.limits = limits;
    }

    /** One thing of which a change takes more than before, and of which there is a limit. */
    private record Counted(String name, String key, long more, long after, long limit) {}

    /**
     * Refuses ({@code invalid-state}) what would give the flow more than its contract has left by now, so that this is told
     * before what else is wrong. That it stays so is seen to when the change is stored.
     *
     * @return the limits that hold, so that nobody asks for them again; null when they were not asked for
     */
    public @Nullable RunLimits requireRoom(Flow before, Flow after) {
        if (!takesMore(before, after)) {
            return null;
        }
        var found = limits(before);
        for (var one : counted(before, after, found)) {
            if (sum(stored(one, before)) + one.more() > one.limit()) {
                throw full(one);
            }
        }
        return found;
    }

    /**
     * Stores the change, unless it would give the flow more than its contract has left. Of changes that are made at the
     * same time the one that was noted first has room first; one before it that is refused itself, at the very edge of
     * what is left, may have it refused too.
     *
     * @return what storing it has returned
     */
    boolean store(Flow before, Change change, BooleanSupplier write) {
        var after = change.flow();
        if (!takesMore(before, after)) {
            return write.getAsBoolean();
        }
        var known = change.limits();
        var reserved = places.of(before.id());
        for (var one : counted(before, after, known == null ? limits(before) : known)) {
            var waiting = reserved.reserve(one.key(), one.after());
            if (taken(one, before, waiting) > one.limit()) {
                reserved.giveBack();
                throw full(one);
            }
        }
        var stored = write.getAsBoolean();
        reserved.giveBack();
        return stored;
    }

    private static boolean takesMore(Flow before, Flow after) {
        return more(before, after, FlowState::queues) > 0 || more(before, after, FlowState::containers) > 0;
    }

    private static long more(Flow before, Flow after, ToLongFunction<FlowState> amount) {
        return amount.applyAsLong(after.state()) - amount.applyAsLong(before.state());
    }

    private RunLimits limits(Flow flow) {
        return quotas.ofRuns(flow.place().contractId(), limits.queuesPerContract());
    }

    private static List<Counted> counted(Flow before, Flow after, RunLimits limits) {
        var contract = before.place().contractId();
        return Stream.of(
                        counted("queue", contract, before, after, FlowState::queues, limits.queues()),
                        counted(
                                "container",
                                "containers/" + contract,
                                before,
                                after,
                                FlowState::containers,
                                limits.containers()))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Counted> counted(
            String name, String key, Flow before, Flow after, ToLongFunction<FlowState> amount, OptionalLong limit) {
        var more = more(before, after, amount);
        return limit.isEmpty() || more <= 0
                ? List.of()
                : List.of(new Counted(name, key, more, amount.applyAsLong(after.state()), limit.getAsLong()));
    }

    private Map<String, Long> stored(Counted one, Flow flow) {
        var contract = flow.place().contractId();
        return one.name().equals("queue") ? flows.queues(contract) : flows.containers(contract);
    }

    private long taken(Counted one, Flow flow, List<FlowReservation> waiting) {
        // Read after our own reservation was added: a reservation that is gone by then was either stored in its flow,
        // or failed.
        var all = new HashMap<>(stored(one, flow));
        for (var reservation : waiting) {
            all.merge(reservation.flowId(), reservation.amount(), Math::max);
        }
        return sum(all);
    }

    private static long sum(Map<String, Long> amounts) {
        return amounts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static RuntimeException full(Counted one) {
        return Problem.of(
                        ProblemCode.INVALID_STATE,
                        "The flows of the contract that run or are being stopped would have more than " + one.limit()
                                + " " + one.name() + "s.")
                .with("quota", "per_contract_" + one.name() + "_count_limit")
                .with("limit", one.limit())
                .exception();
    }
}

package dev.weft.gateway.webhook.door;

import dev.weft.common.event.DomainEvent;
import dev.weft.common.flowmessage.HookDoor;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import dev.weft.gateway.limit.RetryLater;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How many messages flows and contracts have accepted and not finished, and how much those of a contract weigh that wait
 * in its queues ({@link ContractBytes}); above a limit calls are refused, so that new calls never starve the work on old
 * ones (engine 3), and no tenant fills the broker. The number is what execution-service publishes ({@code
 * flow.backlog}, twice a second while a flow is behind) plus what this instance has accepted since. A fact is valid for
 * 5 seconds. A flow without a fact is not behind.
 */
public final class Backlogs {

    private static final long KEPT_MS = 5000;
    private static final long SUMMED_MS = 100;
    private static final int MOST_RUNS = 10_000;
    private static final int RETRY_SECONDS = 2;

    /** The newest fact about one run of a flow. */
    private record Told(String flow, String contract, long count, long at, LongAdder accepted) {}

    /** The sum for a flow or a contract. */
    private record Sum(long count, LongAdder accepted) {

        long now() {
            return count + accepted.sum();
        }
    }

    private record Sums(Map<String, Sum> flows, Map<String, Sum> contracts, long at) {

        @Nullable
        Sum ofFlow(HookDoor door) {
            return flows.get(door.flowId());
        }

        @Nullable
        Sum ofContract(HookDoor door) {
            return door.contractId() == null ? null : contracts.get(door.contractId());
        }
    }

    private final Clock clock;
    private final int mostPerFlow;
    private final int mostPerContract;
    private final ContractBytes bytes;
    private final ConcurrentHashMap<String, Told> runs = new ConcurrentHashMap<>();
    private final ReentrantLock summing = new ReentrantLock();
    private volatile Sums sums = new Sums(Map.of(), Map.of(), 0);

    /**
     * @param mostPerFlow     messages; 0: no limit
     * @param mostPerContract messages of all its flows; 0: no limit
     * @param bytes           of contracts
     */
    Backlogs(Clock clock, int mostPerFlow, int mostPerContract, ContractBytes bytes) {
        this.clock = clock;
        this.mostPerFlow = mostPerFlow;
        this.mostPerContract = mostPerContract;
        this.bytes = bytes;
    }

    /** {@code {"run","count"}} of the flow that is the subject; none: the run is not behind any more. */
    void heard(DomainEvent fact) {
        if (!(fact.payload().get("run") instanceof String run)
                || !(fact.payload().get("count") instanceof Number count)) {
            throw new IllegalArgumentException("A flow.backlog without run or count.");
        }
        if (count.longValue() == 0) {
            runs.remove(run);
            return;
        }
        // Summing drops expired facts, which makes room.
        if (runs.size() >= MOST_RUNS) {
            sum(clock.millis());
        }
        if (runs.size() < MOST_RUNS || runs.containsKey(run)) {
            var contract = fact.contractId() == null ? "" : fact.contractId();
            // The fact includes calls accepted before it, so this instance's own count starts again at zero.
            runs.put(run, new Told(fact.subjectId(), contract, count.longValue(), clock.millis(), new LongAdder()));
        }
    }

    /** Whether a fact about the run is at hand. */
    public boolean isKnown(String run) {
        return runs.containsKey(run);
    }

    /** Refuses with 429 what comes to a flow or contract that is too far behind. */
    public void require(HookDoor door) {
        if (bytes.isFull(door)) {
            throw refusal("The messages that wait in the queues of the flow's contract weigh more than they may.");
        }
        if (runs.isEmpty()) {
            return;
        }
        var current = current();
        if (isFull(current.ofFlow(door), mostPerFlow)) {
            throw refusal("The flow has more to do than it may keep.");
        }
        if (isFull(current.ofContract(door), mostPerContract)) {
            throw refusal("The flow's contract has more to do than it may keep.");
        }
    }

    public static ProblemException refusal(String why) {
        return new RetryLater(Problem.of(ProblemCode.TOO_MANY_REQUESTS, why), RETRY_SECONDS).exception();
    }

    private static boolean isFull(@Nullable Sum sum, int most) {
        return sum != null && most > 0 && sum.now() >= most;
    }

    /**
     * A call is on its way into the flow's queue; should it not get there, the next fact corrects that.
     *
     * @param weight of its message, bytes
     */
    public void accepted(HookDoor door, long weight) {
        bytes.accepted(door, weight);
        if (runs.isEmpty()) {
            return;
        }
        var told = runs.get(door.runId());
        if (told != null) {
            told.accepted().increment();
            add(sums.ofFlow(door));
            add(sums.ofContract(door));
        }
    }

    /** The broker has it for sure. */
    public void arrived(HookDoor door, long weight) {
        bytes.arrived(door, weight);
    }

    private static void add(@Nullable Sum sum) {
        if (sum != null) {
            sum.accepted().increment();
        }
    }

    /** Nobody waits for a new sum: while one caller makes it, the others take the last. */
    private Sums current() {
        var now = clock.millis();
        // A clock that was set back must not keep an old sum for as long.
        if (Math.abs(now - sums.at()) >= SUMMED_MS && summing.tryLock()) {
            try {
                sum(now);
            } finally {
                summing.unlock();
            }
        }
        return sums;
    }

    private void sum(long now) {
        var flows = new HashMap<String, Sum>();
        var contracts = new HashMap<String, Sum>();
        runs.values().removeIf(told -> Math.abs(now - told.at()) > KEPT_MS);
        runs.values().forEach(told -> {
            var count = told.count() + told.accepted().sum();
            flows.merge(told.flow(), new Sum(count, new LongAdder()), Backlogs::both);
            contracts.merge(told.contract(), new Sum(count, new LongAdder()), Backlogs::both);
        });
        sums = new Sums(flows, contracts, now);
    }

    private static Sum both(Sum one, Sum other) {
        return new Sum(one.count() + other.count(), one.accepted());
    }
}

package dev.weft.execution.worker;

import dev.weft.common.broker.ContractBacklogs;
import dev.weft.execution.budget.BacklogRoom;
import dev.weft.execution.budget.ContractLook;
import dev.weft.execution.consumer.QueueLoad;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.topology.FlowTopology;
import dev.weft.execution.topology.FlowTopology.TopologyException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Publishes twice a second how many messages of a run are unfinished, so that gateways accept no more than can be kept
 * (engine 3): those that wait in all its queues and those that this process has. Only of runs that this process works
 * for just now, and only above a floor; zero once, when the number has fallen below it. Of contracts it tells all
 * processes about how much waits in their queues ({@link BacklogRoom}).
 */
@Service
class BacklogWatch {

    /** Publishes how many messages of a run are unfinished. */
    interface BacklogFacts {

        void tell(Plan plan, long count);
    }

    /** Tells all processes what waits in the queues of a contract. */
    interface ContractFacts {

        /** @param one a run of it */
        void tell(Plan one, ContractBacklogs.Word word);
    }

    private static final Logger log = LoggerFactory.getLogger(BacklogWatch.class);
    /** Above what a queue has in flight when all is well. */
    private static final int FLOOR = 1000;

    private static final int LOOKS_A_MINUTE = 120;

    private final Workers workers;
    private final FlowTopology topology;
    private final BacklogFacts facts;
    private final BacklogRoom room;
    private final ContractFacts contractFacts;
    private final AtomicBoolean looking = new AtomicBoolean();
    private int looks;
    /** Told last to be above the floor, by run. */
    private final Map<String, Plan> above = new HashMap<>();
    /** Something waited in their queues at the last look. */
    private final Set<String> filled = new HashSet<>();
    /** One run of each contract of which anything was told. */
    private final Map<String, Plan> contracts = new HashMap<>();

    BacklogWatch(
            Workers workers, FlowTopology topology, BacklogFacts facts, BacklogRoom room, ContractFacts contractFacts) {
        this.workers = workers;
        this.topology = topology;
        this.facts = facts;
        this.room = room;
        this.contractFacts = contractFacts;
    }

    /** Twice a second, on a thread of its own. */
    void look() {
        // A look that hangs at the broker is given up by its duty, which starts another beside it. Two at once would
        // both change the map.
        if (!looking.compareAndSet(false, true)) {
            return;
        }
        try {
            // Done before the broker is asked, which may fail: gateways hear of ended runs nevertheless.
            tellEnded();
            forgetEnded();
            tell(busy());
        } catch (TopologyException e) {
            log.debug("Nobody can say how much is unfinished: {}", e.toString());
        } finally {
            looking.set(false);
        }
    }

    private List<OpenRun> busy() {
        var busy = new ArrayList<OpenRun>();
        for (var run : workers.openRuns()) {
            var id = run.plan().runId();
            // Once a run was reported above the floor it is looked at, busy or not, until it is reported below it; and
            // what waits for a sailor waits though nobody here has anything of it.
            if (run.isBusy() || above.containsKey(id) || filled.contains(id)) {
                busy.add(run);
            }
        }
        return busy;
    }

    private void tell(List<OpenRun> runs) {
        var queues =
                runs.stream().flatMap(run -> run.plan().queueNames().stream()).toList();
        room.countBegins(queues);
        var ready = queues.isEmpty() ? Map.<String, Long>of() : topology.ready(queues);
        var found = new HashMap<String, ContractLook>();
        filled.clear();
        for (var run : runs) {
            var plan = run.plan();
            var waiting = plan.queueNames().stream()
                    .mapToLong(queue -> ready.getOrDefault(queue, 0L))
                    .sum();
            if (waiting > 0) {
                filled.add(plan.runId());
            }
            tell(plan, waiting + run.held());
            var contract = plan.flow().contractId();
            if (contract != null) {
                contracts.put(contract, plan);
                look(run, ready, found.computeIfAbsent(contract, _ -> new ContractLook()));
            }
        }
        // Told after those of runs, which are older and of which each gateway knows.
        var words = room.decide(found);
        words.forEach((contract, word) -> contractFacts.tell(Objects.requireNonNull(contracts.get(contract)), word));
        contracts.keySet().retainAll(words.keySet());
    }

    private void look(OpenRun run, Map<String, Long> ready, ContractLook look) {
        var plan = run.plan();
        var usual = run.usualBytes();
        var loads = run.loads();
        look.held(run.held(), run.heldBytes());
        for (var queue : plan.queueNames()) {
            var count = ready.getOrDefault(queue, 0L);
            var later = room.waitingFor(queue);
            if (later > 0) {
                // Nothing else may tell of the run while its messages wait to come again.
                filled.add(plan.runId());
                look.held(0, later);
            }
            look.waiting(
                    plan.runId(),
                    count,
                    room.knownOfLast(queue, count),
                    room.ofLast(queue, count),
                    usual.getOrDefault(queue, 0L));
            if (count > 0 || loads.getOrDefault(queue, QueueLoad.NONE).waiting() > 0) {
                look.filled(queue);
            }
        }
        look.entry(plan.runId(), ready.getOrDefault(plan.entryQueue(), 0L));
    }

    private void tell(Plan plan, long count) {
        if (count > FLOOR) {
            above.put(plan.runId(), plan);
            facts.tell(plan, count);
        } else if (above.remove(plan.runId()) != null) {
            // Nothing more is published of this run, so gateways must be told to forget its count.
            facts.tell(plan, 0);
        }
    }

    private void tellEnded() {
        above.values().removeIf(plan -> {
            var ended = workers.find(plan.runId()).isEmpty();
            if (ended) {
                facts.tell(plan, 0);
            }
            return ended;
        });
    }

    /** Once a minute, about: what was published to queues of runs that are not worked for any more. */
    private void forgetEnded() {
        if (++looks % LOOKS_A_MINUTE == 0) {
            room.keepOnly(workers.openPlans().stream()
                    .flatMap(plan -> plan.queueNames().stream())
                    .collect(Collectors.toSet()));
        }
    }
}

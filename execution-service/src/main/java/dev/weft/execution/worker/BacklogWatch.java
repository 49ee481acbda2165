package dev.weft.execution.worker;

import dev.weft.execution.plan.Plan;
import dev.weft.execution.topology.FlowTopology;
import dev.weft.execution.topology.FlowTopology.TopologyException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Publishes twice a second how many messages of a run are unfinished, so that gateways accept no more than can be kept
 * (engine 3): those that wait in all its queues and those that this process has. Only of runs that this process works
 * for just now, and only above a floor; zero once, when the number has fallen below it.
 */
@Service
class BacklogWatch {

    /** Publishes how many messages of a run are unfinished. */
    interface BacklogFacts {

        void tell(Plan plan, long count);
    }

    private static final Logger log = LoggerFactory.getLogger(BacklogWatch.class);
    /** Above what a queue has in flight when all is well. */
    private static final int FLOOR = 1000;

    private final Workers workers;
    private final FlowTopology topology;
    private final BacklogFacts facts;
    private final AtomicBoolean looking = new AtomicBoolean();
    /** Told last to be above the floor, by run. */
    private final Map<String, Plan> above = new HashMap<>();

    BacklogWatch(Workers workers, FlowTopology topology, BacklogFacts facts) {
        this.workers = workers;
        this.topology = topology;
        this.facts = facts;
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
            // Once a run was reported above the floor it is looked at, busy or not, until it is reported below it.
            if (run.isBusy() || above.containsKey(run.plan().runId())) {
                busy.add(run);
            }
        }
        return busy;
    }

    private void tell(List<OpenRun> runs) {
        if (runs.isEmpty()) {
            return;
        }
        var queues =
                runs.stream().flatMap(run -> run.plan().queueNames().stream()).toList();
        var ready = topology.ready(queues);
        for (var run : runs) {
            var plan = run.plan();
            var waiting = plan.queueNames().stream()
                    .mapToLong(queue -> ready.getOrDefault(queue, 0L))
                    .sum();
            tell(plan, waiting + run.held());
        }
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
}

package dev.weft.execution.run;

import dev.weft.common.messaging.Fact;
import dev.weft.common.messaging.InstanceQueue;
import dev.weft.common.messaging.InstanceSubscription;
import dev.weft.execution.hop.Workers;
import dev.weft.execution.plan.Planner;
import dev.weft.execution.run.FlowRun.RunSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Keeps this replica's workers as the flows' documents say: looks at one flow when a fact about it arrives, and at all
 * of them at the start and whenever facts may have been missed.
 */
@Configuration
class RunKeeper {

    private static final Logger log = LoggerFactory.getLogger(RunKeeper.class);

    private final FlowRuns runs;
    private final Definitions definitions;
    private final Planner planner;
    private final Workers workers;
    /** Open runs by flow. */
    private final Map<String, Set<String>> open = new HashMap<>();

    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean complete;

    RunKeeper(FlowRuns runs, Definitions definitions, Planner planner, Workers workers) {
        this.runs = runs;
        this.definitions = definitions;
        this.planner = planner;
        this.workers = workers;
    }

    @Bean
    InstanceSubscription runChanges(InstanceQueue queue) {
        return queue.subscribe(event -> keep(event.subjectId()), () -> complete = false, Fact.RUN_CHANGED);
    }

    /** Looks at all flows when facts may have been missed; cheap otherwise. */
    @Scheduled(fixedDelay = 500, initialDelay = 200)
    void keepAll() {
        if (complete) {
            return;
        }
        complete = true;
        try {
            var wanted = new HashSet<>(runs.open());
            lock.lock();
            try {
                wanted.addAll(open.keySet());
            } finally {
                lock.unlock();
            }
            wanted.forEach(this::keep);
        } catch (DataAccessException e) {
            complete = false;
            log.warn("The open flows can not be read yet: {}", e.toString());
        }
    }

    private void keep(String flowId) {
        var run = runs.find(flowId);
        lock.lock();
        try {
            var held = open.getOrDefault(flowId, Set.of());
            var wanted = new HashSet<String>();
            for (var spec : run.map(FlowRun::consumed).orElse(java.util.List.of())) {
                wanted.add(spec.id());
                if (!held.contains(spec.id())) {
                    openRun(spec);
                }
            }
            for (var id : held) {
                if (!wanted.contains(id)) {
                    // It ends what is in work, which other flows must not wait for.
                    Thread.startVirtualThread(() -> workers.close(id));
                }
            }
            if (wanted.isEmpty()) {
                open.remove(flowId);
            } else {
                open.put(flowId, wanted);
            }
        } finally {
            lock.unlock();
        }
    }

    private void openRun(RunSpec spec) {
        workers.open(planner.plan(definitions.read(spec.definition()), spec.id()));
    }
}

package dev.weft.execution.lifecycle;

import dev.weft.common.duty.Pauses;
import dev.weft.common.duty.RareLines;
import dev.weft.common.event.Fact;
import dev.weft.common.messaging.InstanceQueue;
import dev.weft.common.messaging.InstanceSubscription;
import dev.weft.execution.deployment.Definitions;
import dev.weft.execution.deployment.Deployment;
import dev.weft.execution.deployment.DeploymentRun;
import dev.weft.execution.deployment.Deployments;
import dev.weft.execution.metrics.EngineMetrics;
import dev.weft.execution.plan.Planner;
import dev.weft.execution.settling.Later;
import dev.weft.execution.worker.Workers;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Opens and closes this replica's workers as the flows' documents say. It looks at one flow when a fact about it
 * arrives, and at all flows at the start and whenever facts may have been missed. Each run is handled by itself: one
 * that can not be opened is retried with growing pauses, is reported, and holds up no other.
 */
@Configuration
class RunKeeper {

    private static final int AT_A_TIME = 16;
    /** In the details of health. */
    private static final int SHOWN = 20;

    /** One flow's runs in this replica. */
    private static final class Kept {
        /** Held while the flow's document is read, too: who reads later comes later. */
        private final ReentrantLock lock = new ReentrantLock();

        private long revision;
        private final HashSet<String> open = new HashSet<>();
        /** Of those that were closed here, and whose queues are kept: should these go after all, what is left must go first. */
        private final HashSet<String> left = new HashSet<>();
        /** Run to reason. */
        private final Map<String, String> failed = new HashMap<>();
    }

    private final Deployments deployments;
    private final Definitions definitions;
    private final Planner planner;
    private final Workers workers;
    private final Map<String, Kept> flows = new ConcurrentHashMap<>();
    /** By flow, why not all of its runs are open. */
    private final Map<String, String> unopened = new ConcurrentHashMap<>();

    private final Pauses pauses = new Pauses(Duration.ofSeconds(2), Duration.ofMinutes(2));
    private final Semaphore places = new Semaphore(AT_A_TIME);
    /** Flows that wait for a place: whoever begins with one sees what is true then. */
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();

    private final RareLines lines = new RareLines(LoggerFactory.getLogger(RunKeeper.class));
    private volatile boolean complete;

    RunKeeper(
            Deployments deployments, Definitions definitions, Planner planner, Workers workers, EngineMetrics metrics) {
        this.deployments = deployments;
        this.definitions = definitions;
        this.planner = planner;
        this.workers = workers;
        metrics.unopenedFlows(unopened::size);
    }

    @Bean
    InstanceSubscription runChanges(InstanceQueue queue) {
        // On a thread of its own for each flow: the store may be slow, and flows must not wait for each other.
        return queue.subscribe(event -> keepSoon(event.subjectId()), () -> complete = false, Fact.RUN_CHANGED);
    }

    /** Never down for them: the others are well, and who takes the process away opens none of these. */
    @Bean
    HealthIndicator flowsHealthIndicator() {
        return () -> {
            var health = Health.up().withDetail("unopened", unopened.size());
            unopened.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .limit(SHOWN)
                    .forEach(flow -> health.withDetail(flow.getKey(), flow.getValue()));
            return health.build();
        };
    }

    /** Looks at all flows when facts may have been missed; cheap otherwise. */
    void keepAll() {
        if (!complete) {
            // Set before the look: a fact that is missed during it sets this to false again.
            complete = true;
            try {
                var all = new HashSet<>(deployments.open());
                all.addAll(flows.keySet());
                all.forEach(this::keepSoon);
            } catch (RuntimeException | Error e) {
                complete = false;
                throw e;
            }
        }
        unopened.keySet().stream().filter(pauses::isOver).forEach(this::keepSoon);
    }

    /** Flows of which something can not be taken from here, and why. */
    Map<String, String> unopened() {
        return Map.copyOf(unopened);
    }

    void keepSoon(String flowId) {
        if (!waiting.add(flowId)) {
            return;
        }
        try {
            Thread.ofVirtual().name("keep-" + flowId).start(() -> lookAt(flowId));
        } catch (OutOfMemoryError e) {
            // No thread could be started. While the flow is listed as waiting, no other look at it would begin.
            waiting.remove(flowId);
            tell(flowId, e.toString());
        }
    }

    private void lookAt(String flowId) {
        places.acquireUninterruptibly();
        try {
            // Removed before the document is read: a fact that arrives from here on makes another look, since the read
            // may miss its change.
            waiting.remove(flowId);
            keep(flowId);
        } catch (RuntimeException | Error e) {
            // No memory even to note the flow: so all flows are looked at once more.
            complete = false;
            throw e;
        } finally {
            places.release();
        }
    }

    /** How many flows wait for their turn. */
    int waiting() {
        return waiting.size();
    }

    void keep(String flowId) {
        var kept = flows.computeIfAbsent(flowId, _ -> new Kept());
        kept.lock.lock();
        try {
            var run = deployments.find(flowId);
            var revision = run.map(Deployment::revision).orElse(Long.MAX_VALUE);
            if (revision < kept.revision) {
                // The read came from a member of the replica set that lags behind.
                throw new IllegalStateException("The flow was read as it was before.");
            }
            kept.revision = revision == Long.MAX_VALUE ? kept.revision : revision;
            keep(kept, run);
            tell(flowId, String.join("; ", kept.failed.values()));
        } catch (RuntimeException | Error e) {
            // Whatever it is (a document that only a newer release can read, no stack or no thread left), it is tried
            // again. If this thread ended here, the flow would accept calls and nobody would work on them.
            tell(flowId, e.toString());
        } finally {
            kept.lock.unlock();
        }
    }

    private void tell(String flowId, String trouble) {
        if (trouble.isEmpty()) {
            unopened.remove(flowId);
            pauses.succeeded(flowId);
        } else {
            pauses.failed(flowId);
            unopened.put(flowId, trouble);
            lines.warn("Not all runs of a flow can be taken from", flowId + ": " + trouble);
        }
    }

    private void keep(Kept kept, Optional<Deployment> run) {
        kept.failed.clear();
        var consumed = run.map(Deployment::consumed).orElse(List.of());
        var wanted = consumed.stream().map(DeploymentRun::id).toList();
        kept.left.removeAll(wanted);
        for (var id : Stream.concat(kept.open.stream(), kept.left.stream()).toList()) {
            if (!wanted.contains(id)) {
                close(kept, id, run.flatMap(known -> known.kept(id)).isPresent());
            }
        }
        for (var spec : consumed) {
            if (!kept.open.contains(spec.id())) {
                open(kept, spec);
            }
        }
    }

    /** It ends what is in work, for which other flows must not wait. */
    private void close(Kept kept, String id, boolean isKept) {
        kept.open.remove(id);
        // Later retries until there is a thread: a run that is not listed as open is closed by no other look.
        if (!isKept) {
            kept.left.remove(id);
            Later.in(0, () -> workers.end(id));
        } else if (kept.left.add(id)) {
            // leave(..) takes the run out of the open ones at once, so the next look may open it again while this one
            // ends.
            Later.in(0, workers.leave(id));
        }
    }

    private void open(Kept kept, DeploymentRun spec) {
        try {
            workers.open(planner.plan(definitions.read(spec.definition()), spec.id()));
            kept.open.add(spec.id());
        } catch (RuntimeException | Error e) {
            // An older release could plan this version and this one can not, the store is away, there is a fault of
            // ours, or no thread for an expression that nests deeply.
            kept.failed.put(spec.id(), e.toString());
        }
    }
}

package dev.weft.execution.hop;

import dev.weft.execution.failure.Failure;
import dev.weft.execution.failure.Suspects;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.queue.Delivery;
import dev.weft.execution.queue.EnginePhase;
import dev.weft.execution.queue.FlowTopology.TopologyException;
import dev.weft.execution.queue.QueueConsumers;
import dev.weft.execution.step.StepUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * The runs that this process works for. Each replica works for all; the broker says who gets which message, and leases
 * who has which consumer of a step with several replicas.
 */
@Service
public class Workers implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Workers.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration SHUTDOWN_PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** A message that the broker had to take back so often may be what kills its worker. */
    private static final int SUSPICIOUS_RETURNS = 2;
    /** Deaths of a suspect alone in work that make it poison. */
    private static final int DEATHS = 2;

    private final ConcurrentHashMap<String, OpenRun> open = new ConcurrentHashMap<>();
    private final Semaphore suspectsAtATime = new Semaphore(1);
    private final QueueConsumers consumers;
    private final HopTools tools;
    private final Suspects suspects;
    private final ReplicaSlots slots;
    private final AtomicBoolean placing = new AtomicBoolean();
    private volatile boolean running;

    Workers(QueueConsumers consumers, HopTools tools, Suspects suspects, ReplicaSlots slots) {
        this.consumers = consumers;
        this.tools = tools;
        this.suspects = suspects;
        this.slots = slots;
        tools.metrics()
                .deliveries(() -> sum(OpenRun::begun), () -> sum(OpenRun::held) - sum(OpenRun::begun), this::flows);
    }

    /** Begins to take messages of a run, as soon as broker and queues are there, and goes on through their losses. */
    public void open(Plan plan) {
        var run = new OpenRun(plan);
        if (open.putIfAbsent(plan.runId(), run) == null) {
            placed(() -> run.take(consumers, slots, this::work));
        }
    }

    /**
     * Keeps the slots of steps with several replicas that this process holds, and takes those that have become free. By
     * rate, so that it does not share a thread with others.
     */
    @Scheduled(fixedRate = 5000, initialDelay = 5000)
    void placeConsumers() {
        if (placing.compareAndSet(false, true)) {
            try {
                open.values().forEach(run -> placed(run::place));
            } finally {
                placing.set(false);
            }
        }
    }

    private static void placed(Runnable placement) {
        try {
            placement.run();
        } catch (DataAccessException e) {
            log.warn("Which consumers are to work here can not be seen yet: {}", e.toString());
        }
    }

    /** Takes no more, ends what is in work (within ten seconds), and gives the rest back to its queue. */
    public void close(String runId) {
        var run = open.remove(runId);
        if (run != null) {
            run.close(PATIENCE);
        }
    }

    public Optional<Plan> find(String runId) {
        return findOpen(runId).map(OpenRun::plan);
    }

    /** What this process has of a run's queues, by queue; nothing when it does not work for it. */
    public Map<String, QueueLoad> loads(String runId) {
        return findOpen(runId).map(OpenRun::loads).orElse(Map.of());
    }

    Optional<OpenRun> findOpen(String runId) {
        return Optional.ofNullable(open.get(runId));
    }

    Collection<OpenRun> openRuns() {
        return open.values();
    }

    private long sum(ToLongFunction<OpenRun> count) {
        return open.values().stream().mapToLong(count).sum();
    }

    private long flows() {
        return open.values().stream()
                .map(run -> run.plan().flow().id())
                .distinct()
                .count();
    }

    private void work(OpenRun run, Delivery delivery, QueueWorker worker) {
        var hop = new Hop(tools, run, delivery, new ConfirmRound(tools.publisher(), delivery, worker));
        try {
            if (delivery.returns() < SUSPICIOUS_RETURNS) {
                hop.travel();
            } else {
                workAlone(hop);
            }
        } catch (StepUnavailable | TopologyException | DataAccessException e) {
            log.warn("A message of {} waits: {}", delivery.queue(), e.toString());
            worker.later(delivery, PAUSE);
        }
    }

    /** One suspect at a time, and written down before: should it kill this process, the next one knows. */
    private void workAlone(Hop hop) {
        suspectsAtATime.acquireUninterruptibly();
        try {
            if (suspects.begin(hop.messageId(), hop.flowId()) > DEATHS) {
                hop.fail(Failure.poison());
            } else {
                hop.travel();
            }
            survived(hop);
        } catch (StepUnavailable | TopologyException | DataAccessException e) {
            survived(hop);
            throw e;
        } finally {
            suspectsAtATime.release();
        }
    }

    /** What has been worked on must not be worked on again because of this: a mark that stays counts as one death. */
    private void survived(Hop hop) {
        try {
            suspects.end(hop.messageId());
        } catch (DataAccessException e) {
            log.warn("A suspect did no harm, which can not be written down: {}", e.toString());
        }
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        var closing = new ArrayList<Thread>();
        for (var runId : open.keySet()) {
            var run = open.remove(runId);
            if (run != null) {
                closing.add(Thread.startVirtualThread(() -> run.close(SHUTDOWN_PATIENCE)));
            }
        }
        try {
            for (var thread : closing) {
                thread.join(SHUTDOWN_PATIENCE.plusSeconds(2));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return EnginePhase.WORKING;
    }
}

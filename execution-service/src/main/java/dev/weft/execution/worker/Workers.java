package dev.weft.execution.worker;

import dev.weft.common.service.PlatformWork;
import dev.weft.execution.budget.LargeDeliveries;
import dev.weft.execution.consumer.QueueLoad;
import dev.weft.execution.consumer.QueueWorker;
import dev.weft.execution.consumer.ReplicaSlots;
import dev.weft.execution.failure.Failure;
import dev.weft.execution.failure.Suspects;
import dev.weft.execution.failure.Suspicion;
import dev.weft.execution.hop.Hop;
import dev.weft.execution.hop.HopTools;
import dev.weft.execution.message.MessageEnvelope;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.queue.Delivery;
import dev.weft.execution.queue.EnginePhase;
import dev.weft.execution.queue.QueueConsumers;
import dev.weft.execution.settling.ConfirmRound;
import dev.weft.execution.settling.FinishedWork;
import dev.weft.execution.step.StepUnavailable;
import dev.weft.execution.topology.FlowTopology.TopologyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;

/**
 * The runs that this process works for, and what is done with each delivery of them ({@link #work}): each is worked on
 * by a {@link Hop}, and again later when that can not be done now or meets a fault of ours. Each replica works for all
 * runs; the broker decides who gets which message, and leases decide who has which consumer of a step with several
 * replicas.
 */
@Service
public class Workers implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Workers.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration SHUTDOWN_PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** For room: longer than what holds it works on one message, as a rule. */
    private static final Duration LONG_PAUSE = Duration.ofMinutes(5);
    /** Faults of ours at one message that make an error of it. */
    private static final int FAULTS = 3;
    /** Returns of what can not be read at all, a second each. */
    private static final int MOST_UNREADABLE = 5;

    private final ConcurrentHashMap<String, OpenRun> open = new ConcurrentHashMap<>();
    /** What they have is here until they are closed. */
    private final Set<OpenRun> closing = ConcurrentHashMap.newKeySet();

    private final FaultCounts faults = new FaultCounts();
    private final FinishedWork finished = new FinishedWork();
    private final QueueConsumers consumers;
    private final HopTools tools;
    private final ReplicaSlots slots;
    private final SuspectCare care;
    private final HangingWork hanging;
    private final AtomicBoolean placing = new AtomicBoolean();
    private volatile boolean running;

    Workers(QueueConsumers consumers, HopTools tools, Suspects suspects, Suspicion suspicion, ReplicaSlots slots) {
        this.consumers = consumers;
        this.tools = tools;
        this.slots = slots;
        this.care = new SuspectCare(tools.metrics(), suspects, suspicion);
        this.hanging = new HangingWork(suspects);
        tools.metrics().hangingMessages(hanging::count);
        tools.metrics()
                .deliveries(() -> sum(OpenRun::begun), () -> sum(OpenRun::held) - sum(OpenRun::begun), this::flows);
    }

    /** Begins to take messages of a run, as soon as broker and queues are there, and goes on through their losses. */
    public void open(Plan plan) {
        // Registered with its queues before it is open: a queue that can not be consumed yet is tried again with the
        // replicas.
        var run = new OpenRun(plan, consumers, slots, this::work);
        if (open.putIfAbsent(plan.runId(), run) == null) {
            placed(run::place);
        }
    }

    /**
     * Keeps the slots of steps with several replicas that this process holds, and takes those that have become free;
     * every five seconds, on a thread of its own.
     */
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

    /**
     * Takes no more, gives back what is not begun, and ends what is in work: for as long as that may take, since what goes
     * back before would be done twice at once.
     */
    public void close(String runId) {
        leave(runId).run();
    }

    /** From now on it may be opened anew; what is left to do of {@link #close} is done by who gets it, on a thread of his own. */
    public Runnable leave(String runId) {
        return leave(runId, plan -> plan.longest().plus(PATIENCE), false);
    }

    /** The same of a run whose queues are about to go, and need not be waited for; also when it is being closed. */
    public void end(String runId) {
        for (var run : closing) {
            if (run.plan().runId().equals(runId)) {
                run.giveUp();
            }
        }
        leave(runId, _ -> PATIENCE, true).run();
    }

    private Runnable leave(String runId, Function<Plan, Duration> patience, boolean forGood) {
        var run = open.get(runId);
        // It stays listed all the time, for whoever asks what this process holds.
        if (run == null || !closing.add(run)) {
            return () -> {};
        }
        open.remove(runId, run);
        return () -> {
            try {
                run.close(patience.apply(run.plan()), forGood);
            } finally {
                closing.remove(run);
            }
        };
    }

    public Optional<Plan> find(String runId) {
        return findOpen(runId).map(OpenRun::plan);
    }

    /** What this process has of a run's queues, by queue; nothing when it does not work for it. */
    public Map<String, QueueLoad> loads(String runId) {
        var loads = new HashMap<String, QueueLoad>();
        Stream.concat(findOpen(runId).stream(), closing.stream())
                .filter(run -> run.plan().runId().equals(runId))
                .distinct()
                .forEach(run -> run.loads().forEach((queue, load) -> loads.merge(queue, load, QueueLoad::plus)));
        return loads;
    }

    /** Which of these executions this process may have messages of, in any run. */
    Set<String> holding(Set<String> executions) {
        return Stream.concat(open.values().stream(), closing.stream())
                .distinct()
                .map(run -> run.holding(executions))
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
    }

    /** @param margin beyond what its steps may take, a message is thought to hang */
    void lookForHanging(Duration margin) {
        hanging.look(margin);
    }

    public List<Plan> openPlans() {
        return open.values().stream().map(OpenRun::plan).toList();
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

    /** On the delivery's own thread; returns when the hop is over, while its {@link ConfirmRound} may go on. */
    private void work(OpenRun run, Delivery delivery, QueueWorker worker) {
        if (finished.contains(delivery)) {
            delivery.acknowledge();
            worker.settled(delivery);
            return;
        }
        var place = tools.large()
                .enter(
                        run.plan().flow().tenantId(),
                        delivery.body(),
                        () -> tools.codec().reading(delivery.body(), MessageEnvelope.protocolOf(delivery.headers())),
                        LONG_PAUSE);
        if (place.isEmpty()) {
            worker.later(delivery, PAUSE);
            return;
        }
        // The round gives the room back, not this thread: the bytes stay in memory until everything is safe.
        var round =
                new ConfirmRound(tools.publisher(), delivery, worker, tools.clock(), finished::add, place.get()::close);
        Hop hop;
        try {
            hop = new Hop(tools, run.worked(), delivery, round);
        } catch (RuntimeException e) {
            layAside(e, delivery, worker, round);
            return;
        }
        if (LargeDeliveries.isLarge(delivery.body())) {
            PlatformWork.run("large-delivery", () -> work(run, delivery, worker, round, hop));
        } else {
            work(run, delivery, worker, round, hop);
        }
    }

    private void work(OpenRun run, Delivery delivery, QueueWorker worker, ConfirmRound round, Hop hop) {
        hanging.begun(hop, run, delivery.queue());
        try {
            if (care.isNeeded(hop, delivery)) {
                var pause = care.work(hop, delivery);
                if (pause != null) {
                    later(hop, delivery, worker, pause);
                }
            } else {
                hop.travel();
            }
            faults.forget(hop.messageId());
        } catch (StepUnavailable | TopologyException | DataAccessException e) {
            log.warn("A message of {} waits: {}", delivery.queue(), e.toString());
            later(hop, delivery, worker, PAUSE);
        } catch (RuntimeException | Error e) {
            if (round.takeBack()) {
                broken(e, hop.messageId(), run, delivery, worker);
            }
        } finally {
            // It was thought to hang and has ended: a mark that stays would count as a death of its worker.
            if (hanging.ended(hop)) {
                care.survived(hop);
            }
        }
    }

    private static void later(Hop hop, Delivery delivery, QueueWorker worker, Duration pause) {
        if (hop.takeBack()) {
            worker.later(delivery, pause);
        }
    }

    /**
     * It does not even say what it is, so that no record can be made of it: in the end it is laid aside for operators.
     */
    private static void layAside(RuntimeException fault, Delivery delivery, QueueWorker worker, ConfirmRound round) {
        log.error("A delivery of {} could not be read", delivery.queue(), fault);
        if (delivery.returns() < MOST_UNREADABLE && round.takeBack()) {
            worker.giveBack(delivery);
        } else {
            round.join(CompletableFuture.failedFuture(fault));
            round.end();
        }
    }

    /** After a fault of ours: again in its place, and what fails each time is an error record. */
    private void broken(Throwable fault, String messageId, OpenRun run, Delivery delivery, QueueWorker worker) {
        log.error("A delivery of {} could not be worked on", delivery.queue(), fault);
        if (faults.count(messageId) < FAULTS) {
            worker.later(delivery, PAUSE);
            return;
        }
        faults.forget(messageId);
        // The earlier round was taken back for good, and gave its room back with that; so this is a new one.
        new Hop(tools, run.worked(), delivery, new ConfirmRound(tools.publisher(), delivery, worker, tools.clock()))
                .fail(Failure.unworkable(fault));
    }

    @Override
    public void start() {
        running = true;
        hanging.start();
    }

    @Override
    public void stop() {
        running = false;
        hanging.stop();
        // All runs end side by side: one after another, each with its patience, many of them would take minutes.
        var ending = new ArrayList<Thread>();
        for (var runId : open.keySet()) {
            ending.add(Thread.startVirtualThread(leave(runId, _ -> SHUTDOWN_PATIENCE, false)));
        }
        var limit = System.nanoTime() + SHUTDOWN_PATIENCE.plusSeconds(2).toNanos();
        try {
            for (var thread : ending) {
                thread.join(Duration.ofNanos(Math.max(1, limit - System.nanoTime())));
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

package dev.weft.execution.worker;

import dev.weft.common.duty.RareLines;
import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.flowmessage.FlowNames;
import dev.weft.execution.consumer.QueueWorker;
import dev.weft.execution.failure.Failure;
import dev.weft.execution.failure.LostMessage;
import dev.weft.execution.hop.Hop;
import dev.weft.execution.hop.HopTools;
import dev.weft.execution.hop.WorkedRun;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.queue.Deaths;
import dev.weft.execution.queue.Delivery;
import dev.weft.execution.queue.EnginePhase;
import dev.weft.execution.queue.FlowFrame;
import dev.weft.execution.queue.QueueConsumers;
import dev.weft.execution.queue.QueueConsumers.Subscription;
import dev.weft.execution.settling.ConfirmRound;
import dev.weft.execution.settling.Later;
import dev.weft.execution.settling.NoWaitingQueue;
import dev.weft.execution.step.StepUnavailable;
import dev.weft.execution.topology.FlowTopology.TopologyException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;

/**
 * Works on the messages that the broker gave up. One that was returned too often becomes an error record. One whose
 * wait is over, and whose queue was not bound to the way back, is sent on to it now. One that a sailor has published to
 * no step is shown with its step. Messages of ended runs become errors of the version in force, or are dropped with
 * their flow.
 */
@Service
class DeadLetters implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
    private static final int PREFETCH = 500;
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** After which a message whose step has no queue looks for it again. */
    private static final Duration NEXT_LOOK = Duration.ofMinutes(1);

    /** Well below the 20 returns after which RabbitMQ 4 drops a message; ends of connections count too. */
    private static final int FAULTS = 12;

    private final QueueConsumers consumers;
    private final Workers workers;
    private final KeptRuns runs;
    private final HopTools tools;
    private final RareLines lines = new RareLines(log);
    private @Nullable Subscription subscription;
    private volatile @Nullable QueueWorker worker;

    DeadLetters(QueueConsumers consumers, Workers workers, KeptRuns runs, HopTools tools) {
        this.consumers = consumers;
        this.workers = workers;
        this.runs = runs;
        this.tools = tools;
    }

    void take(Delivery delivery, QueueWorker worker) {
        var headers = delivery.headers();
        var target = String.valueOf(headers.get(FlowHeaders.TARGET));
        var flow = String.valueOf(headers.get(FlowHeaders.TASK_ID));
        var runId = String.valueOf(headers.get(FlowHeaders.EXEC_ID));
        var round = new ConfirmRound(tools.publisher(), delivery, worker, tools.clock());
        try {
            var run = find(flow, runId);
            if (LostMessage.is(delivery)) {
                lost(delivery, round, run.or(() -> runs.lasting(flow).map(WorkedRun::new)));
            } else if (run.isPresent()) {
                settle(run.get(), delivery, round, target);
            } else {
                outlived(delivery, round, flow, runId);
            }
        } catch (StepUnavailable | TopologyException | DataAccessException e) {
            lines.warn("A dead letter waits", runId, e);
            if (round.takeBack()) {
                worker.later(delivery, PAUSE);
            }
        } catch (RuntimeException | Error e) {
            if (round.takeBack()) {
                broken(e, delivery, worker);
            }
        }
    }

    private Optional<WorkedRun> find(String flow, String runId) {
        return workers.findOpen(runId)
                .map(OpenRun::worked)
                // The run may be suspended or not opened here yet; its messages are handled nevertheless.
                .or(() -> runs.find(flow, runId).map(WorkedRun::new));
    }

    /** After a fault of ours it comes again, and is laid aside for operators in the end: nobody else would end it. */
    private void broken(Throwable fault, Delivery delivery, QueueWorker worker) {
        if (delivery.returns() < FAULTS) {
            log.error("A dead letter could not be worked on; it is given back", fault);
            worker.giveBack(delivery);
        } else {
            var round = new ConfirmRound(tools.publisher(), delivery, worker, tools.clock());
            round.join(CompletableFuture.failedFuture(fault));
            round.end();
        }
    }

    /** Stands for a message that is nowhere; should it have turned up since, its own record has been there first. */
    private void lost(Delivery delivery, ConfirmRound round, Optional<WorkedRun> run) {
        if (run.isPresent() && tools.recorder().isMissed(LostMessage.execution(delivery), LostMessage.key(delivery))) {
            tools.metrics().lostMessage();
            new Hop(tools, run.get(), delivery, round).fail(Failure.lost());
        } else {
            round.end();
        }
    }

    /** Its run has ended. While the flow goes on, nothing of it is lost without a word. */
    private void outlived(Delivery delivery, ConfirmRound round, String flow, String runId) {
        var inForce = runs.lasting(flow).map(WorkedRun::new);
        if (inForce.isPresent()) {
            tools.metrics().deadLetter();
            new Hop(tools, inForce.get(), delivery, round).fail(Failure.outlived());
        } else {
            log.info("A message is dropped: its flow {} and run {} have ended", flow, runId);
            round.end();
        }
    }

    private void settle(WorkedRun run, Delivery delivery, ConfirmRound round, String target) {
        var step = run.plan().find(target);
        if (step.isPresent() && Deaths.isLast(delivery.headers(), "expired")) {
            var queue = step.get().queue();
            round.publish(
                    FlowFrame.to(queue, Deaths.removed(delivery.headers()), delivery.body()),
                    _ -> hasNoQueue(run.plan(), delivery, round, queue));
            round.end();
        } else if (isStray(run, delivery)) {
            new Hop(tools, run, delivery, round).stray();
        } else {
            tools.metrics().deadLetter();
            new Hop(tools, run, delivery, round).fail(Failure.returnedTooOften());
        }
    }

    /** Not repeated here: all others' dead letters would wait with it, for as long as the queue is away. */
    private boolean hasNoQueue(Plan plan, Delivery delivery, ConfirmRound round, String queue) {
        round.extend();
        // This is the client's thread, which must not publish. The round stays open for the other thread.
        Thread.startVirtualThread(() -> waitOnceMore(plan, delivery, round, queue));
        return true;
    }

    /** While there is its run, the queue may come back with a start of the flow. */
    private void waitOnceMore(Plan plan, Delivery delivery, ConfirmRound round, String queue) {
        try {
            if (!round.isDue()) {
                round.abandon();
                return;
            }
            var flow = plan.flow().id();
            if (find(flow, plan.runId()).isEmpty()) {
                outlived(delivery, round, flow, plan.runId());
                return;
            }
            var tenant = plan.flow().tenantId();
            // The message waits in the broker; waiting here would hold it in memory for as long as its queue is
            // missing.
            var frame = tools.rebounds()
                    .onceMore(tenant, NEXT_LOOK, queue, Deaths.removed(delivery.headers()), delivery.body());
            round.publish(frame, new NoWaitingQueue(tools.rebounds(), tenant, 1, NEXT_LOOK, _ -> {
                round.extend();
                Later.in(PAUSE.toMillis(), () -> waitOnceMore(plan, delivery, round, queue));
                return true;
            }));
            round.end();
        } catch (StepUnavailable | TopologyException | DataAccessException e) {
            lines.warn("A dead letter waits", plan.runId(), e);
            Later.in(PAUSE.toMillis(), () -> waitOnceMore(plan, delivery, round, queue));
        } catch (RuntimeException | Error e) {
            round.broken(e);
        }
    }

    /** What a sailor has sent to a routing key of its own comes here over the exchange of its run. */
    private static boolean isStray(WorkedRun run, Delivery delivery) {
        return delivery.isRouted()
                && run.plan()
                        .sailors()
                        .containsKey(String.valueOf(delivery.headers().get(FlowHeaders.STEP_ID)));
    }

    /** See {@link QueueWorker#holding}. */
    Set<String> holding(Set<String> executions) {
        var own = worker;
        return own == null ? Set.of() : own.holding(executions);
    }

    @Override
    public void start() {
        var taker = new QueueWorker(PREFETCH, this::take);
        // Set before the first delivery can arrive: whoever asks what this process holds must not miss it.
        worker = taker;
        subscription = consumers.subscribe(FlowNames.DEAD_LETTERS, PREFETCH, taker::take);
    }

    @Override
    public void stop() {
        var ended = subscription;
        if (ended != null) {
            ended.cancel();
            ended.close();
        }
        subscription = null;
    }

    @Override
    public boolean isRunning() {
        return subscription != null;
    }

    @Override
    public int getPhase() {
        return EnginePhase.WORKING;
    }
}

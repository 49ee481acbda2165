package dev.weft.execution.hop;

import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.flowmessage.FlowNames;
import dev.weft.execution.failure.Failure;
import dev.weft.execution.pace.RareLines;
import dev.weft.execution.queue.Deaths;
import dev.weft.execution.queue.Delivery;
import dev.weft.execution.queue.EnginePhase;
import dev.weft.execution.queue.FlowFrame;
import dev.weft.execution.queue.FlowTopology.TopologyException;
import dev.weft.execution.queue.QueueConsumers;
import dev.weft.execution.queue.Subscription;
import dev.weft.execution.step.StepUnavailable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;

/**
 * What the broker gave up on. A message that was taken back too often becomes an error record. One that has waited, and
 * whose queue was not bound to the way back, goes to it now. One that a sailor has sent to nobody is shown with its step.
 * Those of runs that have ended are errors of the version in force, or are dropped with their flow.
 */
@Service
class DeadLetters implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
    private static final int PREFETCH = 500;
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private static final int FAULTS = 20;

    private final QueueConsumers consumers;
    private final Workers workers;
    private final KeptRuns runs;
    private final HopTools tools;
    private final RareLines lines = new RareLines(log);
    private @Nullable Subscription subscription;

    DeadLetters(QueueConsumers consumers, Workers workers, KeptRuns runs, HopTools tools) {
        this.consumers = consumers;
        this.workers = workers;
        this.runs = runs;
        this.tools = tools;
    }

    private void take(Delivery delivery, QueueWorker worker) {
        var headers = delivery.headers();
        var target = String.valueOf(headers.get(FlowHeaders.TARGET));
        var flow = String.valueOf(headers.get(FlowHeaders.TASK_ID));
        var runId = String.valueOf(headers.get(FlowHeaders.EXEC_ID));
        try {
            var run = workers.findOpen(runId)
                    // Suspended, or not opened here yet: what is due to it is due all the same.
                    .or(() -> runs.find(flow, runId).map(OpenRun::new));
            if (run.isPresent()) {
                settle(run.get(), delivery, worker, target);
            } else {
                outlived(delivery, worker, flow, runId);
            }
        } catch (StepUnavailable | TopologyException | DataAccessException e) {
            lines.warn("A dead letter waits", runId, e);
            worker.later(delivery, PAUSE);
        } catch (RuntimeException | Error e) {
            broken(e, delivery, worker);
        }
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

    /** Its run has ended. While the flow goes on, nothing of it is lost without a word. */
    private void outlived(Delivery delivery, QueueWorker worker, String flow, String runId) {
        var round = new ConfirmRound(tools.publisher(), delivery, worker, tools.clock());
        var inForce = runs.lasting(flow).map(OpenRun::new);
        if (inForce.isPresent()) {
            tools.metrics().deadLetter();
            new Hop(tools, inForce.get(), delivery, round).fail(Failure.outlived());
        } else {
            log.info("A message is dropped: its flow {} and run {} have ended", flow, runId);
            round.end();
        }
    }

    private void settle(OpenRun run, Delivery delivery, QueueWorker worker, String target) {
        var round = new ConfirmRound(tools.publisher(), delivery, worker, tools.clock());
        var step = run.plan().find(target);
        if (step.isPresent() && Deaths.isLast(delivery.headers(), "expired")) {
            round.publish(
                    FlowFrame.to(step.get().queue(), Deaths.removed(delivery.headers()), delivery.body()),
                    _ -> run.hasEnded());
            round.end();
        } else if (isStray(run, delivery)) {
            new Hop(tools, run, delivery, round).stray();
        } else {
            tools.metrics().deadLetter();
            new Hop(tools, run, delivery, round).fail(Failure.returnedTooOften());
        }
    }

    /** What a sailor has sent to a routing key of its own comes here over the exchange of its run. */
    private static boolean isStray(OpenRun run, Delivery delivery) {
        return delivery.isRouted()
                && run.plan()
                        .sailors()
                        .containsKey(String.valueOf(delivery.headers().get(FlowHeaders.STEP_ID)));
    }

    @Override
    public void start() {
        var worker = new QueueWorker(PREFETCH, this::take);
        subscription = consumers.subscribe(FlowNames.DEAD_LETTERS, PREFETCH, worker::take);
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

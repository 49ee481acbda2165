package dev.weft.execution.hop;

import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.flowmessage.FlowNames;
import dev.weft.execution.failure.Failure;
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
 * Those of runs that have ended are dropped with them.
 */
@Service
class DeadLetters implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
    private static final int PREFETCH = 500;
    private static final Duration PAUSE = Duration.ofSeconds(2);
    /** After a start of this process its runs are opened within this time. */
    private static final int LOOKS_FOR_RUN = 15;

    private static final int FAULTS = 20;

    private final QueueConsumers consumers;
    private final Workers workers;
    private final HopTools tools;
    private @Nullable Subscription subscription;

    DeadLetters(QueueConsumers consumers, Workers workers, HopTools tools) {
        this.consumers = consumers;
        this.workers = workers;
        this.tools = tools;
    }

    private void take(Delivery delivery, QueueWorker worker) {
        var target = String.valueOf(delivery.headers().get(FlowHeaders.TARGET));
        var runId = String.valueOf(delivery.headers().get(FlowHeaders.EXEC_ID));
        look(delivery, worker, runId, target, 1);
    }

    private void look(Delivery delivery, QueueWorker worker, String runId, String target, int looks) {
        var run = workers.findOpen(runId);
        if (run.isPresent()) {
            trySettle(run.get(), delivery, worker, target);
        } else if (looks < LOOKS_FOR_RUN) {
            Later.in(PAUSE.toMillis(), () -> look(delivery, worker, runId, target, looks + 1));
        } else {
            log.info("A message for step {} is dropped: its run {} has ended", target, runId);
            delivery.acknowledge();
            worker.settled();
        }
    }

    private void trySettle(OpenRun run, Delivery delivery, QueueWorker worker, String target) {
        try {
            settle(run, delivery, worker, target);
        } catch (StepUnavailable | TopologyException | DataAccessException e) {
            log.warn("A dead letter waits: {}", e.toString());
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
            var round = new ConfirmRound(tools.publisher(), delivery, worker);
            round.join(CompletableFuture.failedFuture(fault));
            round.end();
        }
    }

    private void settle(OpenRun run, Delivery delivery, QueueWorker worker, String target) {
        var round = new ConfirmRound(tools.publisher(), delivery, worker);
        var step = run.plan().find(target);
        if (step.isPresent() && Deaths.isLast(delivery.headers(), "expired")) {
            round.publish(
                    FlowFrame.to(step.get().queue(), Deaths.removed(delivery.headers()), delivery.body()),
                    _ -> !run.isOpen());
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

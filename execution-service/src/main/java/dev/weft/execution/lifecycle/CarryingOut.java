package dev.weft.execution.lifecycle;

import dev.weft.execution.deployment.Deployment;
import dev.weft.execution.deployment.Deployments;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Carries out one wish step by step, for at most the time that whoever asked may be kept waiting. */
final class CarryingOut implements Runnable {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

    private final Deployments deployments;
    private final String flowId;
    private final Duration patience;
    private final Predicate<Deployment> step;
    private boolean mustWait;

    /**
     * @param patience for a step for which it is too early
     * @param step     false when it is too early for the next one
     */
    CarryingOut(Deployments deployments, String flowId, Duration patience, Predicate<Deployment> step) {
        this.deployments = deployments;
        this.flowId = flowId;
        this.patience = patience;
        this.step = step;
    }

    /** Whether the next step comes too late for whoever waits. */
    boolean mustWait() {
        return mustWait;
    }

    @Override
    public void run() {
        var end = System.nanoTime() + patience.toNanos();
        var pause = FIRST_PAUSE;
        while (!mustWait) {
            // Read anew before each step, since a newer wish may have come.
            var deployment =
                    deployments.find(flowId).filter(found -> found.state().isPending());
            if (deployment.isEmpty()) {
                return;
            }
            if (step.test(deployment.get())) {
                pause = FIRST_PAUSE;
            } else {
                LockSupport.parkNanos(pause.toNanos());
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
                // parkNanos returns at once on an interrupted thread: without this check it would become a busy loop.
                mustWait = System.nanoTime() > end || Thread.currentThread().isInterrupted();
            }
        }
    }
}

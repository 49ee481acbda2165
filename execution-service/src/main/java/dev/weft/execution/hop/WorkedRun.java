package dev.weft.execution.hop;

import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.PlannedQueue;
import dev.weft.execution.plan.PlannedStep;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A run as its deliveries see it: its plan, and whether it has ended. */
public final class WorkedRun {

    private final Plan plan;
    /** Executions of firings that are in work here. */
    private final Set<String> firings = ConcurrentHashMap.newKeySet();

    private volatile boolean ended;

    public WorkedRun(Plan plan) {
        this.plan = plan;
    }

    public Plan plan() {
        return plan;
    }

    /**
     * Its queues are gone for good, or soon will be. It is told before they go, since a publish that finds no queue
     * asks here whether that is a stop or a loss.
     */
    public void end() {
        ended = true;
    }

    boolean hasEnded() {
        return ended;
    }

    /** False when another delivery of that firing is in work: a broker may give back one beside which a second was sent. */
    boolean beginFiring(String execution) {
        return firings.add(execution);
    }

    void endFiring(String execution) {
        firings.remove(execution);
    }

    /** The step that messages of a queue are for when they do not say. */
    PlannedStep firstStep(String queue) {
        return plan.queues().stream()
                .filter(planned -> planned.name().equals(queue))
                .findFirst()
                .map(PlannedQueue::steps)
                .map(steps -> plan.step(steps.getFirst()))
                .orElse(plan.entryStep());
    }
}

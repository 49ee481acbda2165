package dev.weft.execution.budget;

import dev.weft.execution.step.StepFailure;
import java.time.Duration;

/**
 * How long the work on one delivery goes on with new messages, steps and expressions: what its queue's steps may take is
 * counted once each, and a splitter, or many messages of one step, have them work any number of times. Who closes a run,
 * hands a queue over or looks for work that hangs relies on it. What was begun before ends within its own limit, which
 * they count too ({@link dev.weft.execution.plan.PlannedQueue#longest}).
 */
public final class HopTime {

    private final Duration longest;
    private final long begun;
    private boolean exceeded;

    public HopTime(Duration longest) {
        this(longest, System.nanoTime());
    }

    private HopTime(Duration longest, long begun) {
        this.longest = longest;
        this.begun = begun;
    }

    /** From the same beginning. */
    public HopTime longerBy(Duration more) {
        return new HopTime(longest.plus(more), begun);
    }

    public boolean isOver() {
        return System.nanoTime() - begun > longest.toNanos();
    }

    /** @throws StepFailure when it is over */
    public void check() {
        if (isOver()) {
            throw exceed();
        }
    }

    /** The one error that says so. */
    public StepFailure exceed() {
        exceeded = true;
        return new StepFailure(
                "DeliveryTooLong",
                "The work on one message may take " + longest.toSeconds()
                        + " s at most. What still waited is not done.");
    }

    /** What waits is not worked on any more. */
    public boolean isExceeded() {
        return exceeded;
    }
}

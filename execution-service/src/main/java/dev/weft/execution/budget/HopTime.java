package dev.weft.execution.budget;

import dev.weft.execution.step.StepFailure;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * How long the work on one delivery may begin something new: a message, a step, an expression. The limit is the time of
 * each step of its queue, counted once; a splitter may have them work thousands of times. Whoever closes a run, hands a
 * queue over or looks for hanging work relies on this limit. What was begun before it ends within its own limit, which
 * is added there ({@link dev.weft.execution.plan.PlannedQueue#longest}).
 */
public final class HopTime {

    /** The service's threads share few carriers, which nobody takes from a thread that only computes. */
    private static final long TURN = Duration.ofMillis(10).toNanos();

    private final Duration longest;
    private final long begun;
    private final Runnable letOthers;
    private long lastTurn;
    private boolean exceeded;

    public HopTime(Duration longest) {
        // Not Thread.yield: the scheduler may then go on with this very thread for half a second, while others wait.
        this(longest, System.nanoTime(), () -> LockSupport.parkNanos(1000));
    }

    /** @param letOthers has others go on before this thread does */
    HopTime(Duration longest, long begun, Runnable letOthers) {
        this.longest = longest;
        this.begun = begun;
        this.letOthers = letOthers;
        this.lastTurn = begun;
    }

    /** From the same beginning. */
    public HopTime longerBy(Duration more) {
        return new HopTime(longest.plus(more), begun, letOthers);
    }

    /** It is asked between any two messages and costly expressions, so that others have their turn here when it is due. */
    public boolean isOver() {
        giveWay();
        return System.nanoTime() - begun > longest.toNanos();
    }

    /** Others have their turn when it is due; for what must come to its end once it is begun. */
    public void giveWay() {
        if (System.nanoTime() - lastTurn > TURN) {
            letOthers.run();
            lastTurn = System.nanoTime();
        }
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

package dev.weft.execution.step;

import java.time.Duration;
import java.util.List;

/**
 * A step made ready for one flow version: its fields are compiled. Called on a virtual thread, by several at once when
 * its prefetch is above 1; it may block on the outside world, but never on a lock held over such a call.
 */
@FunctionalInterface
public interface Step {

    /** @throws StepFailure when the work failed */
    List<Outcome> work(StepInput input);

    /** How long the work on one message may take at most; zero when it waits for nothing but its own expressions. */
    default Duration longest() {
        return Duration.ZERO;
    }

    /** The same work with the most that it may take. */
    static Step lasting(Duration longest, Step work) {
        return new Step() {
            @Override
            public List<Outcome> work(StepInput input) {
                return work.work(input);
            }

            @Override
            public Duration longest() {
                return longest;
            }
        };
    }
}

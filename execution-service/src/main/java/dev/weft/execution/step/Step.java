package dev.weft.execution.step;

import java.util.List;

/**
 * A step made ready for one flow version: its fields are compiled. Called on a virtual thread, by several at once when
 * its prefetch is above 1; it may block on the outside world, but never on a lock held over such a call.
 */
@FunctionalInterface
public interface Step {

    /** @throws StepFailure when the work failed */
    List<Outcome> work(StepInput input);
}

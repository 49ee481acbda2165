package dev.weft.execution.lifecycle;

import dev.weft.execution.deployment.Deployments;
import java.util.concurrent.atomic.AtomicInteger;

/** Dies at its n-th save, before or after it is done. */
final class DyingRuns extends TouchedRuns {

    DyingRuns(Deployments runs, int save, boolean afterwards) {
        this(runs, new AtomicInteger(save), afterwards);
    }

    private DyingRuns(Deployments runs, AtomicInteger left, boolean afterwards) {
        super(
                runs,
                () -> {
                    if (left.decrementAndGet() == 0 && !afterwards) {
                        throw new Died();
                    }
                },
                () -> {
                    if (left.get() == 0) {
                        throw new Died();
                    }
                });
    }
}

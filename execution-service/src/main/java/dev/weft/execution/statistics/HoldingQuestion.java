package dev.weft.execution.statistics;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What has been answered so far to one question for the executions that processes have messages of. */
final class HoldingQuestion {

    private final Set<String> missing;
    private final Set<String> held = new HashSet<>();
    private final CountDownLatch answered;

    /** @param replicas ids of those that must answer */
    HoldingQuestion(Set<String> replicas) {
        this.missing = new HashSet<>(replicas);
        this.answered = new CountDownLatch(replicas.isEmpty() ? 0 : 1);
    }

    synchronized void answer(String replica, Collection<String> some) {
        held.addAll(some);
        if (missing.remove(replica) && missing.isEmpty()) {
            answered.countDown();
        }
    }

    boolean isAnswered() {
        return answered.getCount() == 0;
    }

    /** Empty when not all have answered within the time. */
    Optional<Set<String>> await(Duration patience) {
        try {
            if (!answered.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        synchronized (this) {
            return Optional.of(Set.copyOf(held));
        }
    }
}

package dev.weft.execution.statistics;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Collects the answers to one question: which executions do processes hold messages of. */
final class HoldingQuestion {

    private final Set<String> missing;
    /** Whether those who are not known may answer, too, so that nobody can tell when all have. */
    private final boolean anyone;

    private final Set<String> held = new HashSet<>();
    private final CountDownLatch answered;

    private HoldingQuestion(Set<String> replicas, boolean anyone) {
        this.missing = new HashSet<>(replicas);
        this.anyone = anyone;
        this.answered = new CountDownLatch(replicas.isEmpty() && !anyone ? 0 : 1);
    }

    /** @param replicas ids of those that must answer */
    static HoldingQuestion ofKnown(Set<String> replicas) {
        return new HoldingQuestion(replicas, false);
    }

    /** The same, and all others have the time to. */
    static HoldingQuestion ofAnyone(Set<String> replicas) {
        return new HoldingQuestion(replicas, true);
    }

    synchronized void answer(String replica, Collection<String> some) {
        held.addAll(some);
        if (missing.remove(replica) && missing.isEmpty() && !anyone) {
            answered.countDown();
        }
    }

    boolean isAnswered() {
        return answered.getCount() == 0;
    }

    /** Empty when not all have answered within the time. */
    Optional<Set<String>> await(Duration patience) {
        try {
            var _ = answered.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        synchronized (this) {
            return missing.isEmpty() ? Optional.of(Set.copyOf(held)) : Optional.empty();
        }
    }
}

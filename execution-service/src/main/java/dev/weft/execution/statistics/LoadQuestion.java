package dev.weft.execution.statistics;

import dev.weft.execution.consumer.QueueLoad;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Collects the answers to one question: how loaded are queues. */
final class LoadQuestion {

    /** Decides when enough processes have answered. */
    interface Enough {
        boolean is(Set<String> replicas, Map<String, QueueLoad> loads);
    }

    private final Enough enough;
    private final Set<String> answers = new HashSet<>();
    private final Map<String, QueueLoad> loads = new HashMap<>();
    private final CountDownLatch answered = new CountDownLatch(1);

    private LoadQuestion(Enough enough) {
        this.enough = enough;
    }

    /** @param consumers how many there are of each queue, as the broker knows */
    static LoadQuestion untilConsumers(Map<String, Integer> consumers) {
        var all = Map.copyOf(consumers);
        return new LoadQuestion((_, loads) -> all.entrySet().stream()
                .allMatch(queue ->
                        loads.getOrDefault(queue.getKey(), QueueLoad.NONE).consumers() >= queue.getValue()));
    }

    /** @param replicas ids of those that must have answered */
    static LoadQuestion untilReplicas(Set<String> replicas) {
        return new LoadQuestion((answers, _) -> answers.containsAll(replicas));
    }

    synchronized void answer(String replica, Map<String, QueueLoad> some) {
        // While the broker is short of memory a message may be sent two ways (ConfirmedPublisher); an answer that
        // arrives twice counts once.
        if (answers.add(replica)) {
            some.forEach((queue, load) -> loads.merge(queue, load, QueueLoad::plus));
        }
        if (enough.is(answers, loads)) {
            answered.countDown();
        }
    }

    boolean isAnswered() {
        return answered.getCount() == 0;
    }

    /** The sum of all answers, when they are complete or the time is over. */
    Map<String, QueueLoad> await(Duration patience) {
        try {
            var _ = answered.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            return Map.copyOf(loads);
        }
    }
}

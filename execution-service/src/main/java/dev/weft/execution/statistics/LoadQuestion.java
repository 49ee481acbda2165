package dev.weft.execution.statistics;

import dev.weft.execution.hop.QueueLoad;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What has been answered so far to one question for the load of queues. */
final class LoadQuestion {

    private final Map<String, Integer> consumers;
    private final Map<String, QueueLoad> loads = new HashMap<>();
    private final CountDownLatch answered = new CountDownLatch(1);

    /** @param consumers how many there are of each queue */
    LoadQuestion(Map<String, Integer> consumers) {
        this.consumers = Map.copyOf(consumers);
    }

    synchronized void answer(Map<String, QueueLoad> some) {
        some.forEach((queue, load) -> loads.merge(queue, load, QueueLoad::plus));
        var all = consumers.entrySet().stream()
                .allMatch(queue ->
                        loads.getOrDefault(queue.getKey(), QueueLoad.NONE).consumers() >= queue.getValue());
        if (all) {
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

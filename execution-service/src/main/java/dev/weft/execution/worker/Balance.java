package dev.weft.execution.worker;

import dev.weft.execution.consumer.StepConsumers;
import dev.weft.execution.process.Processes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Spreads the queues of steps with one replica over the processes. The broker delivers to the process that came first,
 * which after a rolling restart is the same one for all queues. So each process compares every few seconds its busy
 * queues with those of the others, and hands over what it has above its share; the broker gives a queue to the process
 * that has waited longest. Idle queues do not count.
 */
@Service
class Balance {

    private static final Logger log = LoggerFactory.getLogger(Balance.class);
    /** Until the others have said what they have got. */
    private static final long REST = Duration.ofSeconds(8).toNanos();

    private final Workers workers;
    private final Processes processes;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile int active;
    /** {@link System#nanoTime}; what was handed over before may not be in what the others say. */
    private long handedOver = System.nanoTime() - REST;

    private record Queue(StepConsumers consumers, StepConsumers.Activity activity) {}

    Balance(Workers workers, Processes processes) {
        this.workers = workers;
        this.processes = processes;
        processes.tells(() -> workers.openRuns().size(), () -> active);
    }

    /** Every two seconds, on a thread of its own. */
    void look() {
        if (!looking.compareAndSet(false, true)) {
            return;
        }
        try {
            var mine = activeQueues();
            active = mine.size();
            if (System.nanoTime() - handedOver >= REST) {
                // Queues that are being handed over (some for minutes) count as this process's own until they are gone.
                var going =
                        mine.stream().filter(queue -> queue.activity().leaves()).count();
                handOver(mine, FairShare.surplus(mine.size(), processes.othersActive()) - (int) going);
            }
        } finally {
            looking.set(false);
        }
    }

    private List<Queue> activeQueues() {
        var found = new ArrayList<Queue>();
        for (var run : workers.openRuns()) {
            for (var consumers : run.consumers()) {
                var activity = consumers.activity();
                if (activity.isActive()) {
                    found.add(new Queue(consumers, activity));
                }
            }
        }
        return found;
    }

    /** Every other one of the busiest, so that the work is halved and not only the number of queues. */
    private void handOver(List<Queue> mine, int count) {
        if (count <= 0) {
            return;
        }
        var busiest = mine.stream()
                .filter(queue -> queue.activity().mayLeave())
                .sorted(Comparator.comparingLong(
                                (Queue queue) -> queue.activity().recent())
                        .reversed())
                .toList();
        var step = Math.max(1, busiest.size() / count);
        var chosen = new ArrayList<StepConsumers>();
        for (var i = step - 1; i < busiest.size() && chosen.size() < count; i += step) {
            chosen.add(busiest.get(i).consumers());
        }
        if (!chosen.isEmpty()) {
            handedOver = System.nanoTime();
            log.info("{} of {} active queues are handed to other processes", chosen.size(), mine.size());
            // Each waits for its work in progress, and must hold up neither the others nor the next look.
            chosen.forEach(consumers -> Thread.startVirtualThread(consumers::handOver));
        }
    }
}

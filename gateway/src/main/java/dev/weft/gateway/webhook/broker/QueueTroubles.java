package dev.weft.gateway.webhook.broker;

import dev.weft.common.duty.RareLines;
import dev.weft.gateway.webhook.broker.DoorBroker.PublishOutcome;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queues that accept nothing, such as one without a leader. Calls for them are refused at once, so that thousands of
 * them do not wait; now and then one call is let through as a test, after growing pauses. Any answer of the queue ends
 * the trouble.
 */
final class QueueTroubles {

    private static final Logger log = LoggerFactory.getLogger(QueueTroubles.class);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    /** A queue that nobody has tried for so long is no news any more; its flow may have been stopped. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(5);

    private static final int MOST = 10_000;

    /**
     * @param until no attempt before this time, milliseconds since 1970
     * @param pause the pause after the next failed attempt
     */
    private record Trouble(PublishOutcome outcome, long until, Duration pause, long seen) {}

    private final Clock clock;
    private final ConcurrentHashMap<String, Trouble> queues = new ConcurrentHashMap<>();
    private final RareLines lines = new RareLines(log);

    QueueTroubles(Clock clock) {
        this.clock = clock;
    }

    /** Whether a message may be sent to the queue; of many who ask at the end of a pause one may. */
    boolean mayTry(String queue) {
        if (queues.isEmpty()) {
            return true;
        }
        var trouble = queues.get(queue);
        if (trouble == null) {
            return true;
        }
        var now = clock.millis();
        var next = new Trouble(trouble.outcome(), now + trouble.pause().toMillis(), trouble.pause(), trouble.seen());
        return now >= trouble.until() && queues.replace(queue, trouble, next);
    }

    /** What has become of a message to the queue; gives it back. */
    PublishOutcome note(String queue, PublishOutcome outcome) {
        switch (outcome) {
            case ACCEPTED, FULL, UNROUTABLE -> over(queue);
            case REFUSED, LATE -> met(queue, outcome);
            // The queue itself has not answered, so nothing new is known about it.
            case UNKNOWN -> {}
        }
        return outcome;
    }

    private void over(String queue) {
        if (!queues.isEmpty()) {
            queues.remove(queue);
        }
    }

    private void met(String queue, PublishOutcome outcome) {
        if (queues.size() >= MOST && !queues.containsKey(queue)) {
            return;
        }
        var now = clock.millis();
        queues.compute(queue, (_, known) -> {
            // Calls that were under way together fail together; they must double the pause only once.
            var pause = known == null
                    ? FIRST
                    : now - known.seen() < known.pause().toMillis() ? known.pause() : longer(known.pause());
            return new Trouble(outcome, now + pause.toMillis(), pause, now);
        });
        lines.warn("A queue of a flow takes no messages", queue);
    }

    private static Duration longer(Duration pause) {
        var doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }

    /** In words; empty when there is none. */
    Optional<String> summary() {
        var old = clock.millis() - FORGOTTEN.toMillis();
        queues.values().removeIf(trouble -> trouble.seen() < old);
        return queues.entrySet().stream()
                .findFirst()
                .map(one -> "%d queues of flows take no messages, among them %s (%s)."
                        .formatted(queues.size(), one.getKey(), words(one.getValue())));
    }

    private static String words(Trouble trouble) {
        return trouble.outcome() == PublishOutcome.LATE
                ? "the broker confirms nothing"
                : "the broker refuses, though it is not full";
    }
}

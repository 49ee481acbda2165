package dev.weft.execution.settling;

import dev.weft.execution.queue.Delivery;
import dev.weft.execution.queue.FlowFrame;
import dev.weft.execution.queue.FlowPublisher;
import dev.weft.execution.queue.PublishFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The order in which the work on one queue is published, kept when the broker refuses some of it. What it refuses joins
 * a line, one for each target, and so does what is published to that target while there is one; a line goes out again
 * as it was published first. The queue rests meanwhile ({@link DeliverySource#hold}). A message that the broker
 * accepted behind a refused one can not be called back. That is rare: a full queue accepts nothing before a fifth of it
 * is free, so it happens only when the broker fails in between, such as at the election of a leader.
 */
public final class PublishOrder {

    /**
     * The queue that a delivery comes from: its consumer hears what becomes of the delivery, and rests when told to.
     */
    public interface DeliverySource {

        /** Of what its deliveries come to. */
        PublishOrder order();

        /** A delivery's round has ended. */
        void settled(Delivery delivery);

        /** After a fault of ours: the broker is to deliver it again. */
        void giveBack(Delivery delivery);

        /** No further delivery is begun until as many releases as holds have come. */
        void hold();

        void release();
    }

    private static final long FIRST_PAUSE = 100;
    private static final long LONGEST_PAUSE = 5000;
    /**
     * The head of a line goes alone; when it was taken, so many of the next go at once, since one at a time would be slow
     * behind a splitter. Their order holds all the same: a full quorum queue refuses everything until a fifth of it is
     * free, which is 15,000 messages or 40 MB. One of these could only be refused, and the next be taken, if others had
     * filled so much between the two.
     */
    private static final int TOGETHER = 64;
    /** Of what goes at once, well below that fifth. */
    private static final long BYTES_TOGETHER = 8 * 1024 * 1024;

    // Order is kept for each target only: messages to different queues may overtake each other, so a full queue holds
    // up only its own messages.
    private record Target(String exchange, String key) {}

    private enum Fate {
        CONFIRMED,
        /** Somebody else has seen to it, or its delivery comes again. */
        GIVEN_UP,
        AGAIN
    }

    private static final class Message {
        private final long number;
        private final ConfirmRound round;
        private final FlowPublisher publisher;
        private final FlowFrame frame;
        private final NoQueue noQueue;
        private int attempts;

        Message(long number, ConfirmRound round, FlowPublisher publisher, FlowFrame frame, NoQueue noQueue) {
            this.number = number;
            this.round = round;
            this.publisher = publisher;
            this.frame = frame;
            this.noQueue = noQueue;
        }

        CompletableFuture<Void> send() {
            var before = attempts++;
            // If only the confirm was lost, the message is in its queue already. The repeated frame says that it is
            // one, and its consumer checks whether the first was worked on.
            return publisher.publish(before == 0 ? frame : frame.republished(before));
        }

        /** @param refusals how often in a row its line was refused before */
        Fate fate(@Nullable Throwable failure, int refusals) {
            try {
                if (failure == null) {
                    round.done();
                    return Fate.CONFIRMED;
                }
                if (failure instanceof PublishFailure.Unroutable
                        // Messages behind the head of the line were tried less often than the head, but their queue has
                        // been missing for as long.
                        && noQueue.isSeenTo(Math.max(attempts, refusals + 1))) {
                    round.done();
                    return Fate.GIVEN_UP;
                }
                if (failure instanceof PublishFailure.BrokerGone) {
                    noQueue.mayHaveNoExchange();
                }
                if (!round.isDue()) {
                    round.abandon();
                    return Fate.GIVEN_UP;
                }
                return Fate.AGAIN;
            } catch (RuntimeException | Error e) {
                // This is the client's thread, which would swallow the error and leave the delivery unsettled for ever.
                round.broken(e);
                return Fate.GIVEN_UP;
            }
        }
    }

    /** Guarded by {@link #lock}, except {@link #refused}. */
    private static final class Line {
        private final Target target;
        private final PriorityQueue<Message> waiting =
                new PriorityQueue<>(Comparator.comparingLong((Message message) -> message.number));
        /** In a row. */
        private int refusals = 1;

        private int together = 1;
        private int unanswered;
        private boolean confirmed;
        /** Of what is on its way, something must go again. */
        private volatile boolean refused;

        Line(Target target) {
            this.target = target;
        }

        /** All that was on its way is answered; true when the line rests now. */
        boolean turn() {
            var rests = refused;
            if (refused) {
                refusals++;
                together = 1;
            } else if (confirmed) {
                refusals = 0;
                together = TOGETHER;
            }
            refused = false;
            confirmed = false;
            return rests;
        }
    }

    private final DeliverySource source;
    private final AtomicLong numbers = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Target, Line> lines = new HashMap<>();
    /** Read by each publish, which does no more than that while nothing is refused. */
    private volatile boolean hasLines;

    public PublishOrder(DeliverySource source) {
        this.source = source;
    }

    /** As {@link ConfirmRound#publish}. */
    void publish(ConfirmRound round, FlowPublisher publisher, FlowFrame frame, NoQueue noQueue) {
        // The number is taken at the first publish and kept: it is the message's place in the order if it is refused.
        var message = new Message(numbers.getAndIncrement(), round, publisher, frame, noQueue);
        // A publish that reads this just before a line is made is in flight behind the refused message; a lock would
        // not help, since it can not be called back.
        if (hasLines && joins(message)) {
            round.mustWait();
            return;
        }
        var _ = message.send().whenComplete((_, failure) -> {
            if (message.fate(failure, 0) == Fate.AGAIN) {
                refused(message);
            }
        });
    }

    private static Target targetOf(Message message) {
        return new Target(message.frame.exchange(), message.frame.key());
    }

    private boolean joins(Message message) {
        lock.lock();
        try {
            var line = lines.get(targetOf(message));
            return line != null && line.waiting.add(message);
        } finally {
            lock.unlock();
        }
    }

    private void refused(Message message) {
        message.round.mustWait();
        Line line;
        lock.lock();
        try {
            // Another refusal may have made the line meanwhile; checked again under the lock, which is reentrant.
            if (joins(message)) {
                return;
            }
            line = new Line(targetOf(message));
            line.waiting.add(message);
            lines.put(line.target, line);
            hasLines = true;
            // One hold for each line, released when the line ends.
            source.hold();
        } finally {
            lock.unlock();
        }
        goOn(line, true);
    }

    /** On another thread: this one may be the client's, which must not publish. */
    private void goOn(Line line, boolean rests) {
        try {
            if (rests) {
                Later.in(Math.min(FIRST_PAUSE << Math.min(line.refusals - 1, 10), LONGEST_PAUSE), () -> {
                    leaveOutWhatIsNotDue(line);
                    send(line);
                });
            } else {
                Thread.startVirtualThread(() -> send(line));
            }
        } catch (RuntimeException | Error e) {
            breakUp(line, e);
        }
    }

    /** Who closes the queue waits for their deliveries. */
    private void leaveOutWhatIsNotDue(Line line) {
        var left = new ArrayList<Message>();
        lock.lock();
        try {
            line.waiting.removeIf(message -> !message.round.isDue() && left.add(message));
        } finally {
            lock.unlock();
        }
        left.forEach(message -> message.round.abandon());
    }

    private void send(Line line) {
        var next = next(line);
        if (next.isEmpty()) {
            source.release();
        }
        for (var message : next) {
            // One message of this batch was refused already, and the rest must not pass it.
            if (line.refused) {
                answered(line, message, Fate.AGAIN);
            } else {
                send(line, message);
            }
        }
    }

    /** None: the line has ended. */
    private List<Message> next(Line line) {
        var next = new ArrayList<Message>();
        lock.lock();
        try {
            var bytes = 0L;
            while (next.size() < line.together && !line.waiting.isEmpty()) {
                bytes += line.waiting.element().frame.body().length;
                // A message larger than the limit goes alone, or it would never go.
                if (bytes > BYTES_TOGETHER && !next.isEmpty()) {
                    break;
                }
                next.add(line.waiting.remove());
            }
            // Set before the first is sent: its answer may come at once, and the last answer sends the next batch.
            line.unanswered = next.size();
            if (next.isEmpty()) {
                lines.remove(line.target);
                hasLines = !lines.isEmpty();
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void send(Line line, Message message) {
        CompletableFuture<Void> answer;
        try {
            if (!message.round.isDue()) {
                message.round.abandon();
                answered(line, message, Fate.GIVEN_UP);
                return;
            }
            answer = message.send();
        } catch (RuntimeException | Error e) {
            message.round.broken(e);
            answered(line, message, Fate.GIVEN_UP);
            return;
        }
        var _ = answer.whenComplete((_, failure) -> answered(line, message, message.fate(failure, line.refusals)));
    }

    private void answered(Line line, Message message, Fate fate) {
        boolean rests;
        lock.lock();
        try {
            switch (fate) {
                case CONFIRMED -> line.confirmed = true;
                case AGAIN -> {
                    line.waiting.add(message);
                    line.refused = true;
                }
                case GIVEN_UP -> {
                    // Nothing: the messages behind it may still be accepted.
                }
            }
            if (--line.unanswered > 0) {
                return;
            }
            rests = line.turn();
        } finally {
            lock.unlock();
        }
        goOn(line, rests);
    }

    /** After a fault of ours: their deliveries are done again. */
    private void breakUp(Line line, Throwable fault) {
        List<Message> left;
        lock.lock();
        try {
            left = List.copyOf(line.waiting);
            line.waiting.clear();
            lines.remove(line.target);
            hasLines = !lines.isEmpty();
        } finally {
            lock.unlock();
        }
        source.release();
        left.forEach(message -> message.round.broken(fault));
    }
}

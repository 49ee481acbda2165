package dev.weft.common.broker;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Return;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One channel that publishes with confirms, for as long as it lives, in the order in which it is called. A caller waits
 * here only when too many messages are unconfirmed. The sequence number is sent as correlation id, since a returned
 * message does not contain it otherwise.
 */
public final class ConfirmChannel {

    private static final Logger log = LoggerFactory.getLogger(ConfirmChannel.class);

    /** What became of a message. */
    public enum Answer {
        /** Safe in its queue. */
        CONFIRMED,
        /** No queue took it. */
        RETURNED,
        /** The queue is full, or sick. */
        REFUSED,
        /** The broker had said nothing when it was given up: the message may be in the queue or not. */
        LATE,
        /** The channel went before the broker said anything: the message may be in the queue or not. */
        LOST,
        /** Too much was under way; it was not published. */
        CROWDED
    }

    /** Is told once what became of a message, usually on the client's thread: it must neither block nor publish. */
    @FunctionalInterface
    public interface Listener {

        /** @param nanos since it was published */
        void answered(Answer answer, long nanos);
    }

    /** A message that was handed to the channel. */
    public final class Published {

        private final Listener listener;
        private final long begun = System.nanoTime();
        /** Guarded by the channel's order until it is written. */
        private long number;

        private volatile boolean returned;

        private Published(Listener listener) {
            this.listener = listener;
        }

        /** It is {@link Answer#LATE} unless the broker has answered; nobody waits any more, and others have its room. */
        public void giveUp() {
            if (pending.remove(number, this)) {
                room.release();
                answer(Answer.LATE);
            }
        }

        /** Once: whoever has taken it from the pending calls this, or it was never among them. */
        private void answer(Answer answer) {
            try {
                listener.answered(answer, System.nanoTime() - begun);
            } catch (RuntimeException | Error e) {
                // An exception would make the client close the channel, and with it fail all other messages.
                log.error("Who published a message met a fault at the answer {}", answer, e);
            }
        }
    }

    private final ReentrantLock order = new ReentrantLock();
    private final ConcurrentNavigableMap<Long, Published> pending = new ConcurrentSkipListMap<>();
    private final Semaphore room;
    private final Duration patience;
    private final Channel channel;
    private final Runnable ended;
    /** Guarded by {@link #order}: nothing is published any more. */
    private boolean broken;

    private ConfirmChannel(Channel channel, int underWay, Duration patience, Runnable ended) {
        this.channel = channel;
        this.room = new Semaphore(underWay);
        this.patience = patience;
        this.ended = ended;
    }

    /**
     * @param underWay so many messages may wait for their answers at most
     * @param patience how long who publishes waits for room
     * @param ended the channel is of no use any more: its connection is to be opened anew
     */
    public static ConfirmChannel open(Connection connection, int underWay, Duration patience, Runnable ended)
            throws IOException {
        var channel = connection.createChannel();
        if (channel == null) {
            throw new IOException("The connection has no more channels.");
        }
        var confirming = new ConfirmChannel(channel, underWay, patience, ended);
        channel.addShutdownListener(cause -> {
            if (!cause.isHardError() && !cause.isInitiatedByApplication()) {
                log.error("The broker has refused a publish: {}", cause.getMessage());
            }
            confirming.lost();
            ended.run();
        });
        channel.confirmSelect();
        channel.addConfirmListener(
                (tag, multiple) -> confirming.settle(tag, multiple, true),
                (tag, multiple) -> confirming.settle(tag, multiple, false));
        channel.addReturnListener(confirming::returned);
        return confirming;
    }

    /**
     * Publishes, mandatory.
     *
     * @param exchange empty: straight to the queue that the key names
     * @throws IllegalArgumentException when it can not be written, such as for headers larger than a frame; the listener
     *     hears nothing then, and the channel ends
     */
    public Published publish(
            String exchange, String key, BasicProperties.Builder properties, byte[] body, Listener listener) {
        var message = new Published(listener);
        if (hasRoom()) {
            write(message, exchange, key, properties, body);
        } else {
            message.answer(Answer.CROWDED);
        }
        return message;
    }

    private boolean hasRoom() {
        if (room.tryAcquire()) {
            return true;
        }
        try {
            return room.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void write(
            Published message, String exchange, String key, BasicProperties.Builder properties, byte[] body) {
        order.lock();
        try {
            if (broken) {
                room.release();
                message.answer(Answer.LOST);
                return;
            }
            message.number = channel.getNextPublishSeqNo();
            // Registered before it is written, since its confirm may come at once.
            pending.put(message.number, message);
            properties.correlationId(Long.toString(message.number));
            channel.basicPublish(exchange, key, true, properties.build(), body);
        } catch (IOException | AlreadyClosedException e) {
            end(message.number, Answer.LOST);
        } catch (RuntimeException | Error e) {
            // The client has counted a message that it could not write, and the broker has not: each later confirm
            // would be taken for that of another message, so the channel ends.
            if (pending.remove(message.number, message)) {
                room.release();
            }
            broken = true;
            ended.run();
            throw e;
        } finally {
            order.unlock();
        }
    }

    /** Comes before the confirm of the same message. */
    private void returned(Return message) {
        var entry = pending.get(Long.valueOf(message.getProperties().getCorrelationId()));
        if (entry != null) {
            entry.returned = true;
        }
    }

    private void settle(long tag, boolean multiple, boolean taken) {
        if (multiple) {
            for (var number : pending.headMap(tag, true).keySet()) {
                settle(number, taken);
            }
        } else {
            settle(tag, taken);
        }
    }

    private void settle(long number, boolean taken) {
        end(number, taken ? Answer.CONFIRMED : Answer.REFUSED);
    }

    private void end(long number, Answer answer) {
        var message = pending.remove(number);
        if (message != null) {
            room.release();
            message.answer(answer == Answer.CONFIRMED && message.returned ? Answer.RETURNED : answer);
        }
    }

    /** Gives up what has waited for longer: a queue may be sick, and the broker not. */
    public void giveUp(Duration longest) {
        var now = System.nanoTime();
        for (var message : pending.values()) {
            // Messages are in the order of publishing: all behind this one are younger.
            if (now - message.begun < longest.toNanos()) {
                return;
            }
            message.giveUp();
        }
    }

    public int unconfirmed() {
        return pending.size();
    }

    /**
     * Nobody knows what became of what waits for its confirm. What is published from now on finds the channel closed, so
     * nothing can join the pending unseen.
     */
    private void lost() {
        pending.keySet().forEach(number -> end(number, Answer.LOST));
    }
}

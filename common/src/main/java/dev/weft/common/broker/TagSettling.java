package dev.weft.common.broker;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Settles the deliveries of one channel by one command at a time, since many threads call it; tags without a gap are
 * acknowledged by one command (multiple). What is settled while a command is being sent goes with the next.
 */
public final class TagSettling implements Settling {

    private final Channel channel;
    /** Positive: acknowledge; negative: requeue. */
    private final ConcurrentLinkedQueue<Long> asked = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean sending = new AtomicBoolean();
    /** Held while commands are sent. */
    private final ReentrantLock order = new ReentrantLock();
    /** Only the sender's: the highest tag up to which all is settled, and what is acknowledged above it. */
    private long floor;

    private final TreeSet<Long> above = new TreeSet<>();
    /** What is asked for and not sent yet, kept over a fault. */
    private final TreeSet<Long> acknowledged = new TreeSet<>();

    public TagSettling(Channel channel) {
        this.channel = channel;
    }

    @Override
    public void acknowledge(long tag) {
        ask(tag);
    }

    @Override
    public void requeue(long tag) {
        ask(-tag);
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    private void ask(long what) {
        asked.add(what);
        if (sending.compareAndSet(false, true)) {
            try {
                Thread.startVirtualThread(this::send);
            } catch (OutOfMemoryError e) {
                // Otherwise nobody would send any more; the next settled delivery tries again.
                sending.set(false);
                throw e;
            }
        }
    }

    private void send() {
        do {
            try {
                flush();
            } finally {
                sending.set(false);
            }
        } while (!asked.isEmpty() && sending.compareAndSet(false, true));
    }

    /** All that was asked for before has been sent, unless the channel is gone. */
    public void flush() {
        order.lock();
        try {
            sendAsked();
        } catch (IOException | AlreadyClosedException e) {
            // The broker delivers again what was not acknowledged.
            asked.clear();
        } finally {
            order.unlock();
        }
    }

    private void sendAsked() throws IOException {
        for (var next = asked.poll(); next != null; next = asked.poll()) {
            if (next > 0) {
                acknowledged.add(next);
            } else {
                channel.basicNack(-next, false, true);
                above.add(-next);
            }
        }
        long gapless = 0;
        while (true) {
            if (acknowledged.remove(floor + 1)) {
                gapless = floor + 1;
            } else if (!above.remove(floor + 1)) {
                break;
            }
            floor++;
        }
        if (gapless > 0) {
            // For a multiple acknowledgement the broker requires that the last tag itself is still unacknowledged.
            channel.basicAck(gapless, true);
        }
        for (var tag = acknowledged.pollFirst(); tag != null; tag = acknowledged.pollFirst()) {
            above.add(tag);
            channel.basicAck(tag, false);
        }
    }
}

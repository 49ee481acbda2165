package dev.weft.execution.topology;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Finds out whether a queue is really empty, by consuming: takes at most one message, and gives it back by closing the
 * channel.
 */
final class LastConsumer extends DefaultConsumer {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean seen;

    private LastConsumer(Channel channel) {
        super(channel);
    }

    /** Whether the broker gives nothing, and says that nothing is there; of a queue without a leader it says that, too. */
    static boolean findsNothing(Channel channel, String queue) throws IOException {
        // At most one: each message that is given back counts towards the limit of its returns.
        channel.basicQos(1);
        var look = new LastConsumer(channel);
        var tag = channel.basicConsume(queue, false, look);
        var depth = channel.queueDeclarePassive(queue);
        channel.basicCancel(tag);
        // Asked after the consumer's end, since a message may have been on its way to it.
        return look.isEnded() && !look.seen && depth.getMessageCount() == 0;
    }

    @Override
    public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
        seen = true;
    }

    @Override
    public void handleCancelOk(String tag) {
        ended.countDown();
    }

    private boolean isEnded() {
        try {
            return ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

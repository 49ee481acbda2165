package dev.weft.bench.flow;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.util.concurrent.ConcurrentSkipListMap;

/** A channel with asynchronous confirms. */
final class BrokerConfirms {

    /** What to do when the broker has a message. */
    interface Confirmed {
        void run() throws IOException;
    }

    private final Channel channel;
    private final ConcurrentSkipListMap<Long, Confirmed> waiting = new ConcurrentSkipListMap<>();

    BrokerConfirms(Channel channel) throws IOException {
        this.channel = channel;
        channel.confirmSelect();
        channel.addConfirmListener(this::confirmed, this::refused);
    }

    synchronized void publish(String queue, byte[] body, Confirmed then) throws IOException {
        waiting.put(channel.getNextPublishSeqNo(), then);
        channel.basicPublish("", queue, true, MessageProperties.PERSISTENT_BASIC, body);
    }

    private void confirmed(long tag, boolean multiple) throws IOException {
        if (!multiple) {
            run(tag);
            return;
        }
        for (var first = waiting.firstEntry(); first != null && first.getKey() <= tag; first = waiting.firstEntry()) {
            run(first.getKey());
        }
    }

    private void run(long tag) throws IOException {
        var then = waiting.remove(tag);
        if (then != null) {
            then.run();
        }
    }

    private void refused(long tag, boolean multiple) {
        throw new IllegalStateException("The broker refused message " + tag + ".");
    }
}

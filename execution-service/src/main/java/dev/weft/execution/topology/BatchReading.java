package dev.weft.execution.topology;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Reads the headers of all that is in a queue of which nobody else takes, and acknowledges it batch by batch: a queue may
 * hold 75,000 messages, and 200 MB of them. Bodies are not kept.
 */
final class BatchReading extends DefaultConsumer {

    /** More are not on their way to us, nor kept here. */
    static final int BATCH = 500;

    private static final long LOOK_MS = 50;
    private static final int MOST_IDLE_LOOKS = 40;

    private record Seen(long tag, Map<String, Object> headers) {}

    private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();

    private BatchReading(Channel channel) {
        super(channel);
    }

    /**
     * Until the broker has none left to give, or gives none any more.
     *
     * @param batchSeen done before a batch is acknowledged; what it throws leaves that batch, and all behind it, in the
     *                  queue
     * @return how many messages are gone
     */
    static long read(Channel channel, String queue, Consumer<Map<String, Object>> headers, Runnable batchSeen)
            throws IOException {
        channel.basicQos(BATCH);
        var reading = new BatchReading(channel);
        channel.basicConsume(queue, false, reading);
        var read = 0L;
        var wasEmpty = false;
        for (var idle = 0; idle < MOST_IDLE_LOOKS; ) {
            var batch = reading.next();
            if (!batch.isEmpty()) {
                batch.stream()
                        .map(Seen::headers)
                        .filter(some -> !some.isEmpty())
                        .forEach(headers);
                batchSeen.run();
                channel.basicAck(batch.getLast().tag(), true);
                read += batch.size();
                idle = 0;
                wasEmpty = false;
                continue;
            }
            // A message on its way to our consumer is no longer ready and not yet seen, so one such look is no proof.
            var isEmpty = channel.queueDeclarePassive(queue).getMessageCount() == 0;
            if (isEmpty && wasEmpty) {
                break;
            }
            wasEmpty = isEmpty;
            idle++;
        }
        return read;
    }

    /** None: nothing has come for a moment. */
    private List<Seen> next() throws IOException {
        try {
            var first = seen.poll(LOOK_MS, TimeUnit.MILLISECONDS);
            if (first == null) {
                return List.of();
            }
            var batch = new ArrayList<Seen>();
            batch.add(first);
            seen.drainTo(batch, BATCH - 1);
            return batch;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while a queue was looked through.");
        }
    }

    @Override
    public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
        var headers = properties.getHeaders();
        seen.add(new Seen(envelope.getDeliveryTag(), headers == null ? Map.of() : headers));
    }
}

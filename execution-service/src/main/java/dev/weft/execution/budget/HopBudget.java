package dev.weft.execution.budget;

import dev.weft.execution.budget.LargeDeliveries.Place;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.record.JsonSize;
import dev.weft.execution.step.StepFailure;
import dev.weft.execution.step.StepInput;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much one delivery may still make of its message, so that no flow takes the memory of all: neither by layers of
 * steps that each multiply messages, nor by expressions whose result names its input twice, nor by splitters that hand
 * the whole message to each part. A body that several messages share counts once, for as long as one of them waits.
 * Whatever goes beyond fails its step. Only a few deliveries of the process may use much memory at the same time
 * ({@link LargeDeliveries#enterGrown}).
 */
public final class HopBudget implements AutoCloseable, StepInput.Keeping {

    /** What every delivery may come to. */
    private static final long SMALL = 4 * 1024 * 1024;

    private static final class Held {
        private final long bytes;
        private int messages = 1;

        Held(long bytes) {
            this.bytes = bytes;
        }
    }

    private static final Logger log = LoggerFactory.getLogger(HopBudget.class);

    private final DeliveryProperties limits;
    private final Supplier<Place> room;
    /** By body, the very object: comparing what is in them would cost as much as measuring. */
    private final IdentityHashMap<Object, Held> waiting = new IdentityHashMap<>();

    private long bytes;
    /** By expressions, for the message that is worked on: it lies in no message yet that would count. */
    private long made;

    private int messages;
    private boolean exceeded;
    private @Nullable Place place;
    /** Of steps, for what they have made; mostly none. */
    private List<AutoCloseable> kept = List.of();

    private @Nullable Object measured;
    private long measuredSize;

    /** @param room asked for once, when it comes to much; held until this is closed */
    public HopBudget(DeliveryProperties limits, Supplier<Place> room) {
        this.limits = limits;
        this.room = room;
    }

    /**
     * A message that waits for its step.
     *
     * @throws StepFailure when it is one too many, or too large
     */
    public void add(StepMessage message) {
        count();
        var body = message.body();
        if (body == null) {
            return;
        }
        var known = waiting.get(body);
        if (known != null) {
            known.messages++;
            return;
        }
        var size = measure(body);
        waiting.put(body, new Held(size));
        grow(size);
    }

    /** It is being worked on. */
    public void remove(StepMessage message) {
        var held = message.body() == null ? null : waiting.get(message.body());
        // Only messages made here were added; the one that the delivery brought was not.
        if (held != null && --held.messages == 0) {
            waiting.remove(message.body());
            bytes -= held.bytes;
        }
    }

    /** @throws StepFailure when it alone is too large; what names its parts many times is not looked at to its end */
    public long measure(@Nullable Object value) {
        var left = limits.bytes().toBytes() - bytes;
        // A step's output is usually the next step's input, so the size measured last often answers.
        if (value == null || value != measured) {
            measuredSize = JsonSize.inMemory(value, left);
            measured = value;
        }
        if (measuredSize > left) {
            throw exceeded("bytes", limits.bytes().toBytes());
        }
        return measuredSize;
    }

    /**
     * A message that leaves the process, with all that those behind may look back at.
     *
     * @throws StepFailure when it is one too many, or too large
     */
    public void publish(StepMessage message) {
        count();
        grow(measure(message.body()));
        grow(measure(message.passthrough()));
    }

    /**
     * So much expressions make beside all that waits. A text that names the message's own parts is not made.
     *
     * @throws StepFailure when it is too much
     */
    public void make(long more) {
        made += more;
        if (bytes + made > limits.bytes().toBytes()) {
            throw exceeded("bytes", limits.bytes().toBytes());
        }
        claimRoom();
    }

    /** It is in messages now, which count by themselves, or nobody needs it any more. */
    public void forgetMade() {
        made = 0;
    }

    private void grow(long more) {
        bytes += more;
        claimRoom();
    }

    private void claimRoom() {
        if (bytes + made > SMALL && place == null) {
            // Without room this throws before more is made, and the whole delivery is worked on again later.
            place = room.get();
        }
    }

    @Override
    public void keep(AutoCloseable something) {
        if (kept.isEmpty()) {
            kept = new ArrayList<>(1);
        }
        kept.add(something);
    }

    @Override
    public void close() {
        if (place != null) {
            place.close();
            place = null;
        }
        for (var something : kept) {
            try {
                something.close();
            } catch (Exception e) {
                // One that fails must not keep the others from being closed.
                log.error("What a step kept could not be closed", e);
            }
        }
        kept = List.of();
    }

    private void count() {
        // Messages are never counted down: the limit is on how many a delivery makes in all, not on how many wait at
        // one time.
        if (++messages > limits.messages()) {
            throw exceeded("messages", limits.messages());
        }
    }

    private StepFailure exceeded(String what, long limit) {
        exceeded = true;
        return new StepFailure(
                "DeliveryTooLarge",
                "The work on one message may come to " + limit + " " + what
                        + " at most. What still waited is not done.");
    }

    /** What waits is not worked on any more. */
    public boolean isExceeded() {
        return exceeded;
    }
}

package dev.weft.execution.budget;

import dev.weft.common.service.PlatformWork;
import dev.weft.execution.record.JsonSize;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Room for large messages in this process, over all queues. A message that is read takes several times its bytes, most
 * where it has many small members. A delivery without room waits; tenants share the room fairly, and none has all of
 * it. Messages below 256 KiB need no room: each queue has few enough of them in work ({@code QueueWorker}). The largest
 * have room of their own, so that a delivery waiting for much room does not hold up those that need little.
 */
public final class LargeDeliveries {

    private static final int LARGE = 256 * 1024;
    private static final int UNIT = 64 * 1024;
    private static final Duration GROWN_PATIENCE = Duration.ofMinutes(1);
    /** In memory, of each byte: as it came, as text, and as it goes. */
    private static final long COPIES = 4;

    /** A message's room, given back by closing it. */
    public interface Place extends AutoCloseable {

        @Override
        void close();
    }

    private static final Optional<Place> NONE_NEEDED = Optional.of(() -> {});

    /** Up to a sixteenth of all the room; the others share the rest. */
    private final FairSlots large;

    private final FairSlots largest;
    private final int mostOfLarge;
    /** Whoever weighs a message has all of it open: no more at once than there are processors to do it. */
    private final Semaphore weighing = new Semaphore(Runtime.getRuntime().availableProcessors());

    /** Deliveries that may come to much at once, of what they make: each to what {@link DeliveryProperties} says. */
    private final FairSlots grown = new FairSlots(3, 1);

    /** @param memory bytes for all of them together */
    public LargeDeliveries(long memory) {
        var units = Math.clamp(memory / UNIT, 64, Integer.MAX_VALUE);
        this.mostOfLarge = units / 16;
        this.large = new FairSlots(units / 4, units / 16);
        this.largest = new FairSlots(units - units / 4, units / 8);
    }

    /** It takes room, and computing time. */
    public static boolean isLarge(byte[] body) {
        return body.length >= LARGE;
    }

    /**
     * Empty when there is no room within the time.
     *
     * @param body  as it came, encrypted
     * @param plain what it says; opened when that is asked, and not kept
     */
    public Optional<Place> enter(String tenant, byte[] body, Supplier<InputStream> plain, Duration patience) {
        if (!isLarge(body)) {
            return NONE_NEEDED;
        }
        var weighed = weighed(body, plain, patience);
        if (weighed.isEmpty()) {
            return Optional.empty();
        }
        var weight = weighed.getAsLong() / UNIT;
        var slots = weight <= mostOfLarge ? large : largest;
        // A message may weigh more than one tenant may have; it takes all of that, since asking for more would wait for
        // ever.
        var units = (int) Math.min(slots.mostOfOne(), weight);
        return enter(slots, tenant, units, patience);
    }

    /** For a delivery whose work comes to much; empty when others do so for long. */
    public Optional<Place> enterGrown(String tenant) {
        return enter(grown, tenant, 1, GROWN_PATIENCE);
    }

    /** How many deliveries of a tenant wait for room. */
    int waiting(String tenant) {
        return large.waiting(tenant) + largest.waiting(tenant);
    }

    private static Optional<Place> enter(FairSlots slots, String tenant, int units, Duration patience) {
        try {
            return slots.acquire(tenant, units, patience)
                    ? Optional.of(() -> slots.release(tenant, units))
                    : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Empty when others are weighed for all of the time. */
    private OptionalLong weighed(byte[] body, Supplier<InputStream> plain, Duration patience) {
        try {
            if (!weighing.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return OptionalLong.empty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(PlatformWork.call("large-delivery", () -> weight(body, plain)));
        } finally {
            weighing.release();
        }
    }

    private static long weight(byte[] body, Supplier<InputStream> plain) {
        return COPIES * body.length + JsonSize.ofParts(plain.get());
    }
}

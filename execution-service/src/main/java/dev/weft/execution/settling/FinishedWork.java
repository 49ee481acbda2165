package dev.weft.execution.settling;

import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.execution.queue.Delivery;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The messages that this process has lately finished, with everything safe that came of them. When a broker dies or a
 * connection breaks, acknowledgements are lost and those messages are delivered again; a publish whose confirm was lost
 * is repeated too. A message that is known here is only acknowledged.
 */
public final class FinishedWork {

    /** More than are on their way at once; a power of two. */
    private static final int KEPT = 8192;

    private final AtomicReferenceArray<@Nullable Object> ids = new AtomicReferenceArray<>(KEPT);
    private final AtomicInteger next = new AtomicInteger();

    public void add(Delivery delivery) {
        var id = id(delivery);
        if (id != null) {
            // The mask gives a valid index also when the counter has overflowed to negative; a remainder would not.
            ids.setRelease(next.getAndIncrement() & (KEPT - 1), id);
        }
    }

    /** Of what may have come before; looking is too dear for all. */
    public boolean contains(Delivery delivery) {
        if (delivery.returns() == 0 && !delivery.headers().containsKey(FlowHeaders.RETRY)) {
            return false;
        }
        var id = id(delivery);
        if (id == null) {
            return false;
        }
        for (var n = 0; n < KEPT; n++) {
            // A plain read may miss an entry that was just added. Then the work is repeated under the same effect keys.
            if (id.equals(ids.getPlain(n))) {
                return true;
            }
        }
        return false;
    }

    /** Frames of sailors have no id of ours. */
    private static @Nullable Object id(Delivery delivery) {
        return delivery.isRouted() || !delivery.headers().containsKey(FlowHeaders.EFFECT)
                ? null
                : delivery.headers().get(FlowHeaders.MESSAGE_ID);
    }
}

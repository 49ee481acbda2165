package dev.weft.execution.consumer;

import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.id.Ids;
import dev.weft.execution.queue.Delivery;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Deliveries that a worker has begun and that are not acknowledged yet, and those that it is giving back. The sets
 * compare identity: comparing headers and bodies would cost as much as the work. Guarded by the worker's lock.
 */
final class BegunDeliveries {

    private final Set<Delivery> unsettled = Collections.newSetFromMap(new IdentityHashMap<>());
    /** They go back to the broker in a moment; until then they are nowhere but here. */
    private final Set<Delivery> returning = Collections.newSetFromMap(new IdentityHashMap<>());

    private long bytes;

    void begin(Delivery delivery) {
        unsettled.add(delivery);
        bytes += delivery.body().length;
    }

    void leave(Delivery delivery) {
        if (unsettled.remove(delivery)) {
            bytes -= delivery.body().length;
        }
    }

    void giveBack(Delivery delivery) {
        leave(delivery);
        returning.add(delivery);
    }

    void hasReturned(Delivery delivery) {
        returning.remove(delivery);
    }

    boolean isEmpty() {
        return unsettled.isEmpty();
    }

    int unsettled() {
        return unsettled.size();
    }

    int returning() {
        return returning.size();
    }

    /** Of those that are not acknowledged. */
    long bytes() {
        return bytes;
    }

    /**
     * Which of these executions may have a message here or among those that wait; all, where one does not say of which it
     * is.
     */
    Set<String> holding(Set<String> executions, Collection<Delivery> waiting) {
        var found = new HashSet<String>();
        // A waiting delivery that is not live does not count, since QueueWorker.next skips it: the broker has it again,
        // or has lost it with its queue. A begun one counts whatever its channel does: it is worked on to the end and
        // leaves its record.
        var here = Stream.of(waiting.stream().filter(Delivery::isLive), unsettled.stream(), returning.stream())
                .flatMap(some -> some);
        for (var delivery : here.toList()) {
            var execution = String.valueOf(delivery.headers().get(FlowHeaders.THREAD_ID));
            if (delivery.isRouted() || !Ids.isExecution(execution)) {
                return executions;
            }
            if (executions.contains(execution)) {
                found.add(execution);
            }
        }
        return found;
    }
}

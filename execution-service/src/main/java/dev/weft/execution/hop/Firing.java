package dev.weft.execution.hop;

import dev.weft.execution.message.MessageEnvelope;
import dev.weft.execution.queue.Delivery;
import org.jspecify.annotations.Nullable;

/**
 * The delivery of a firing by time or by hand. A scheduler that died between sending a firing and noting it sends it once
 * more, and so does a command to fire now that comes again: the second is dropped. One is in work at a time, since a broker
 * may give back one beside which a second was sent.
 */
final class Firing {

    private final Passage passage;
    private final String execution;
    /** Volatile, since the firing is ended by the thread that writes its record. */
    private volatile boolean begun;

    private Firing(Passage passage) {
        this.passage = passage;
        this.execution = passage.envelope().execution();
    }

    /** Null for all others, which are most. */
    static @Nullable Firing of(Passage passage) {
        return is(passage.envelope(), passage.delivery()) ? new Firing(passage) : null;
    }

    private static boolean is(MessageEnvelope envelope, Delivery delivery) {
        return (envelope.trigger().equals("timer") || envelope.trigger().equals("manual"))
                // All messages of its execution bear the trigger; only the one that came from no other is the firing.
                && envelope.parentMessageId() == null
                // One that comes back from a wait is no repetition.
                && envelope.rebounds() == 0
                && !delivery.isRouted()
                && !Hearing.isRejection(delivery);
    }

    /** False while another delivery of it is in work. */
    boolean begin() {
        begun = passage.run().beginFiring(execution);
        return begun;
    }

    /**
     * Whether it was worked on before. What the broker took back from a dead worker is no repetition: its work may be half
     * done.
     */
    boolean isKnown() {
        return passage.delivery().returns() == 0 && passage.tools().recorder().isKnown(execution);
    }

    void end() {
        // Who was refused must not end the firing for the delivery that is in work.
        if (begun) {
            passage.run().endFiring(execution);
        }
    }
}

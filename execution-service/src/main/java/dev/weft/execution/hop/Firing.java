package dev.weft.execution.hop;

import dev.weft.execution.message.MessageEnvelope;
import dev.weft.execution.queue.Delivery;
import org.jspecify.annotations.Nullable;

/**
 * The delivery of a firing by time or by hand. The same firing may be sent twice: by a scheduler that died between
 * sending and noting it, or by a command "fire now" that is delivered again. The second one is dropped. At most one
 * delivery of a firing is in work at a time, since the broker may redeliver the first while the second is there too.
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
                // All messages of an execution bear the trigger's name; only the firing itself has no parent.
                && envelope.parentMessageId() == null
                // A firing that returns from a rebound is no repetition.
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
     * done. Nor is one that is watched and still to be done: its execution is recorded before it is begun.
     */
    boolean isKnown() {
        var recorder = passage.tools().recorder();
        return passage.delivery().returns() == 0
                && recorder.isKnown(execution)
                && !(passage.record().isWatched()
                        && recorder.isMissed(execution, passage.envelope().effectKey()));
    }

    void end() {
        // A delivery that was refused must not end the firing of the one that is in work.
        if (begun) {
            passage.run().endFiring(execution);
        }
    }
}

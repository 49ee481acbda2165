package dev.weft.execution.builtin.http;

import dev.weft.common.http.HttpAnswer.AnswerPlace;
import dev.weft.common.http.HttpCallFailure;
import dev.weft.common.http.HttpCaller;
import dev.weft.execution.budget.FairSlots;
import dev.weft.execution.record.JsonSize;
import dev.weft.execution.sandbox.Sandbox;
import dev.weft.execution.step.StepUnavailable;
import java.time.Duration;

/**
 * Memory of this process for the answers of called servers, over all flows: a step may have a thousand calls under way,
 * and each server may answer 10 MiB. A call without room waits, and fails after a minute; tenants share the room
 * fairly, and none has all of it. Small answers need no room: a thousand of them at once are 16 MiB.
 */
final class AnswerRoom {

    private static final int UNIT = 16 * 1024;
    /** While it is read: what has come, the larger copy to which that grows, and the array in the end. */
    private static final int COPIES_WHILE_READ = 3;
    /** When it is there: the array, its text, and the texts of what is made of it. */
    private static final int COPIES = 4;
    /** No byte that is packed stands for more (deflate). */
    private static final int MOST_OF_A_PACKED_BYTE = 1032;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /**
     * Two kinds, taken in this order: who reads an answer needs both, one after the other, and if they were one, those who
     * have read theirs would wait for the room of those who read, and those for theirs.
     */
    private final FairSlots reading;

    private final FairSlots made;

    /** @param memory bytes for all answers together */
    AnswerRoom(long memory) {
        var units = Math.clamp(memory / 2 / UNIT, 16, Integer.MAX_VALUE / 2);
        // One tenant has at most half, so another always finds as much as the largest user has.
        this.reading = new FairSlots(units, units / 2);
        this.made = new FairSlots(units, units / 2);
    }

    /** For the calls that one step makes for one message, one after the other; nothing is taken before it is needed. */
    Place open() {
        return new Place(Sandbox.TENANT.isBound() ? Sandbox.TENANT.get() : "");
    }

    /** What one step holds of the room; used by one thread. */
    final class Place implements AnswerPlace, AutoCloseable {

        private final String tenant;
        private int ofReading;
        private int ofMade;

        private Place(String tenant) {
            this.tenant = tenant;
        }

        @Override
        public void read(int most, Duration patience) throws HttpCallFailure {
            close();
            // The answer of an earlier attempt is not used any more, and its room is given back first: a caller that
            // waits for room must hold none of this kind.
            ofReading = take(reading, (long) COPIES_WHILE_READ * most, patience);
        }

        @Override
        public void unpack(int packed) throws HttpCallFailure {
            var most = (int) Math.min(HttpCaller.BODY, (long) packed * MOST_OF_A_PACKED_BYTE);
            if (most > SMALL) {
                read(packed + most, PATIENCE);
            }
        }

        @Override
        public void make(byte[] body) throws HttpCallFailure {
            if (body.length > SMALL) {
                ofMade = take(made, (long) COPIES * body.length + JsonSize.ofParts(body), PATIENCE);
            }
            leave(reading, ofReading);
            ofReading = 0;
        }

        private int take(FairSlots slots, long bytes, Duration patience) throws HttpCallFailure {
            // An answer may weigh more than one tenant may have; it takes all of that, since asking for more would wait
            // for ever.
            var units = Math.clamp(bytes / UNIT, 1, slots.mostOfOne());
            try {
                if (slots.acquire(tenant, units, patience)) {
                    return units;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StepUnavailable(e);
            }
            // No automatic retry (false): the server has already done what the call asked for.
            throw new HttpCallFailure(
                    "NoRoomForAnswer",
                    "The answers of called servers come to too much at the moment: there was no room for this one in time.",
                    false);
        }

        private void leave(FairSlots slots, int units) {
            if (units > 0) {
                slots.release(tenant, units);
            }
        }

        /** May be taken anew. */
        @Override
        public void close() {
            leave(reading, ofReading);
            leave(made, ofMade);
            ofReading = 0;
            ofMade = 0;
        }
    }
}

package dev.weft.flow.quota;

import dev.weft.common.id.Ids;
import dev.weft.flow.quota.FlowReservations.FlowReservation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Places of quotas that a change reserves for as long as its write takes: so simultaneous changes see each other,
 * whichever replica makes them.
 */
@Service
public class QuotaPlaces {

    private static final Logger log = LoggerFactory.getLogger(QuotaPlaces.class);

    /** Of a change: the store is given 30 s for a write. One that is noted for longer has lost its process. */
    private static final Duration LONGEST_WRITE = Duration.ofMinutes(2);

    /** What was noted under one key, to be given back. */
    private record Noted(String key, List<String> done) {}

    private final FlowReservations reservations;
    private final Ids ids;
    private final Clock clock;

    public QuotaPlaces(FlowReservations reservations, Ids ids, Clock clock) {
        this.reservations = reservations;
        this.ids = ids;
        this.clock = clock;
    }

    /** Those of one change. */
    public Places of(String flowId) {
        return new Places(flowId);
    }

    /** What one change of a flow has reserved. */
    public final class Places {

        private final String flowId;
        private final List<Noted> noted = new ArrayList<>();

        private Places(String flowId) {
            this.flowId = flowId;
        }

        /**
         * Reserves one more; what is stored must be counted after that.
         *
         * @param amount how much the flow will have in all
         * @return all that wait under that key to be stored, the new one among them
         */
        public List<FlowReservation> reserve(String key, long amount) {
            var now = clock.instant();
            var own = new FlowReservation(ids.next(), flowId, amount, now.plus(LONGEST_WRITE));
            var all = reservations.add(key, own);
            noted.add(new Noted(key, doneWith(own, all, now)));
            return all.stream().filter(one -> one.until().isAfter(now)).toList();
        }

        private static List<String> doneWith(FlowReservation own, List<FlowReservation> all, Instant now) {
            return all.stream()
                    .filter(one -> one.id().equals(own.id()) || !one.until().isAfter(now))
                    .map(FlowReservation::id)
                    .toList();
        }

        /**
         * When the change is stored, or refused. After a failed write they stay, since the store may have written
         * nevertheless, and expire by themselves.
         */
        public void giveBack() {
            noted.forEach(this::giveBack);
        }

        /** What is stored is stored: its caller must not take it for failed and repeat it. */
        private void giveBack(Noted one) {
            try {
                reservations.remove(one.key(), one.done());
            } catch (RuntimeException e) {
                log.warn("Reserved places of {} can not be given back now; they expire by themselves", one.key(), e);
            }
        }
    }
}

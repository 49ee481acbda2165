package dev.weft.flow.resource;

import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.flow.flow.Flow;
import dev.weft.flow.flow.FlowRepository;
import dev.weft.flow.quota.FlowLimit;
import dev.weft.flow.quota.FlowReservations;
import dev.weft.flow.quota.FlowReservations.FlowReservation;
import dev.weft.flow.quota.QuotaLookup;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * How many flows a workspace, a contract and a tenant may have (api-v2 12). Flows are counted in their own records; no
 * other counter is kept that could differ from them. One that is being made is reserved in addition for as long as its
 * write takes.
 */
@Service
class FlowCountQuota {

    private static final Logger log = LoggerFactory.getLogger(FlowCountQuota.class);

    /** Of a creation: the store is given 30 s for a write. One that is noted for longer has lost its process. */
    private static final Duration LONGEST_WRITE = Duration.ofMinutes(2);

    /** What was noted in one place, to be given back. */
    private record Noted(String key, List<String> done) {}

    private final FlowRepository flows;
    private final FlowReservations reservations;
    private final QuotaLookup quotas;
    private final Ids ids;
    private final Clock clock;

    FlowCountQuota(FlowRepository flows, FlowReservations reservations, QuotaLookup quotas, Ids ids, Clock clock) {
        this.flows = flows;
        this.reservations = reservations;
        this.quotas = quotas;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Stores the flow, or refuses ({@code quota-exceeded}) when there is no room for it. Of flows that are made at the same
     * time those that were noted first have room first.
     */
    void store(Flow made, Runnable write) {
        var limits = quotas.ofFlows(made.place().workspaceId());
        var noted = new ArrayList<Noted>();
        for (var limit : limits) {
            if (!hasRoom(limit, made, noted)) {
                noted.forEach(this::removeIfPossible);
                throw full(limit);
            }
        }
        // After a failed write the reservation stays, since the store may have written nevertheless. It expires.
        write.run();
        noted.forEach(this::removeIfPossible);
    }

    private boolean hasRoom(FlowLimit limit, Flow made, List<Noted> all) {
        var now = clock.instant();
        var own = new FlowReservation(ids.next(), made.id(), 1, now.plus(LONGEST_WRITE));
        var key = "flows/" + limit.id();
        var noted = reservations.add(key, own);
        all.add(new Noted(key, doneWith(own, noted, now)));
        var waiting = noted.stream()
                .filter(one -> one.until().isAfter(now))
                .map(FlowReservation::flowId)
                .distinct()
                .toList();
        // Counted after our own reservation was added, and without those that are noted: one that has been stored
        // meanwhile counts once.
        return flows.count(limit, waiting) + waiting.size() <= limit.limit();
    }

    private static List<String> doneWith(FlowReservation own, List<FlowReservation> noted, Instant now) {
        return noted.stream()
                .filter(one -> one.id().equals(own.id()) || !one.until().isAfter(now))
                .map(FlowReservation::id)
                .toList();
    }

    /** What is stored is stored: its caller must not take it for failed and repeat it. */
    private void removeIfPossible(Noted noted) {
        try {
            reservations.remove(noted.key(), noted.done());
        } catch (RuntimeException e) {
            log.warn("Reserved places of {} can not be given back now; they expire by themselves", noted.key(), e);
        }
    }

    private static RuntimeException full(FlowLimit limit) {
        return Problem.of(
                        ProblemCode.QUOTA_EXCEEDED,
                        "The quota " + limit.quota() + " of " + limit.limit() + " is used up.")
                .with("quota", limit.quota())
                .with("limit", limit.limit())
                .exception();
    }
}

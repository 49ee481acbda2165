package dev.weft.flow.resource;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.flow.flow.Flow;
import dev.weft.flow.flow.FlowRepository;
import dev.weft.flow.quota.FlowLimit;
import dev.weft.flow.quota.FlowReservations.FlowReservation;
import dev.weft.flow.quota.QuotaLookup;
import dev.weft.flow.quota.QuotaPlaces;
import org.springframework.stereotype.Service;

/**
 * How many flows a workspace, a contract and a tenant may have (api-v2 12). Flows are counted in their own records; no
 * other counter is kept that could differ from them. One that is being made is reserved in addition for as long as its
 * write takes.
 */
@Service
class FlowCountQuota {

    private final FlowRepository flows;
    private final QuotaPlaces places;
    private final QuotaLookup quotas;

    FlowCountQuota(FlowRepository flows, QuotaPlaces places, QuotaLookup quotas) {
        this.flows = flows;
        this.places = places;
        this.quotas = quotas;
    }

    /**
     * Stores the flow, or refuses ({@code quota-exceeded}) when there is no room for it. Of flows that are made at the same
     * time those that were noted first have room first.
     */
    void store(Flow made, Runnable write) {
        var limits = quotas.ofFlows(made.place().workspaceId());
        var reserved = places.of(made.id());
        for (var limit : limits) {
            if (!hasRoom(limit, reserved)) {
                reserved.giveBack();
                throw full(limit);
            }
        }
        write.run();
        reserved.giveBack();
    }

    private boolean hasRoom(FlowLimit limit, QuotaPlaces.Places reserved) {
        var waiting = reserved.reserve("flows/" + limit.id(), 1).stream()
                .map(FlowReservation::flowId)
                .distinct()
                .toList();
        // Counted after our own reservation was added, and without those that are noted: one that has been stored
        // meanwhile counts once.
        return flows.count(limit, waiting) + waiting.size() <= limit.limit();
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

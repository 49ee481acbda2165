package dev.weft.flow.flow;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import org.springframework.stereotype.Service;

/**
 * How many queues the flows of one contract may have together while they run or are suspended (api-v2 12). A queue costs
 * the broker memory and a process, whatever lies in it: without a bound one tenant takes the broker from all.
 */
@Service
public class QueueQuota {

    private final FlowRepository flows;
    private final FlowProperties limits;

    QueueQuota(FlowRepository flows, FlowProperties limits) {
        this.flows = flows;
        this.limits = limits;
    }

    /**
     * Refuses ({@code invalid-state}) what would give the flow more queues than its contract has left. Of flows that
     * start in the same moment each may find room that only one has: the broker bears that.
     */
    public void requireRoom(Flow before, Flow after) {
        var limit = limits.queuesPerContract();
        var more = after.state().queues() - before.state().queues();
        if (more > 0 && flows.queues(before.place().contractId()) + more > limit) {
            throw Problem.of(
                            ProblemCode.INVALID_STATE,
                            "The running flows of the contract would have more than " + limit + " queues.")
                    .with("quota", "per_contract_queue_count_limit")
                    .with("limit", limit)
                    .exception();
        }
    }
}

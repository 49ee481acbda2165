package dev.weft.execution.lifecycle;

import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.PlannedQueue;
import dev.weft.execution.topology.FlowTopology;
import dev.weft.execution.topology.FlowTopology.QueueDepth;
import java.util.List;
import java.util.Map;

/**
 * What the broker says at one moment about the queues that our workers consume.
 *
 * @param names of all queues that the run should have
 * @param there those that exist
 */
record TakenQueues(List<String> names, Map<String, QueueDepth> there) {

    static TakenQueues of(Plan plan, FlowTopology topology) {
        var names = plan.queues().stream().map(PlannedQueue::name).toList();
        return new TakenQueues(names, topology.depths(names));
    }

    /** Somebody has deleted them, or the broker lost them when it died. */
    List<String> lost() {
        return names.stream().filter(name -> !there.containsKey(name)).toList();
    }

    /** Of a queue that can not work the broker says that nobody takes from it. */
    boolean areTaken() {
        return there.size() == names.size() && there.values().stream().allMatch(depth -> depth.consumers() > 0);
    }
}

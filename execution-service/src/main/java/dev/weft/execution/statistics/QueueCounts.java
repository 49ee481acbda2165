package dev.weft.execution.statistics;

import dev.weft.execution.consumer.QueueLoad;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.topology.FlowTopology;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Service;

/**
 * The messages in the queues of a run, over all processes. The broker counts those that no process has taken; those
 * that a process has prefetched and not begun count as waiting too, although the broker calls them unacknowledged.
 */
@Service
class QueueCounts {

    /** @param unacked messages in work, or done and not acknowledged yet */
    record Count(long ready, long unacked) {

        static final Count NONE = new Count(0, 0);
    }

    private final FlowTopology topology;
    private final ReplicaLoads replicas;

    QueueCounts(FlowTopology topology, ReplicaLoads replicas) {
        this.topology = topology;
        this.replicas = replicas;
    }

    /** By queue; one that there is not has none. */
    Map<String, Count> of(Plan plan) {
        var depths = topology.depths(plan.queueNames());
        var consumers = new HashMap<String, Integer>();
        for (var queue : plan.queues()) {
            var depth = depths.get(queue.name());
            if (depth != null) {
                consumers.put(queue.name(), depth.consumers());
            }
        }
        var loads = replicas.of(plan, consumers);
        var counts = new HashMap<String, Count>();
        depths.forEach((queue, depth) -> {
            var load = loads.getOrDefault(queue, QueueLoad.NONE);
            counts.put(queue, new Count(depth.ready() + load.waiting(), load.begun()));
        });
        return counts;
    }
}

package dev.weft.execution.rebound;

import dev.weft.common.flowmessage.FlowNames;
import dev.weft.execution.queue.FlowFrame;
import dev.weft.execution.queue.FlowTopology;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Sends messages to wait. One queue for each tenant and wait, never one with mixed waits: a broker lets messages go at
 * the head of a queue only, so a short wait behind a long one would take as long as that.
 */
@Service
public class Rebounds {

    private final FlowTopology topology;
    private final ReboundSeries series;
    private final int limit;
    /** What this process knows to be declared, by the topology's epoch; declaring again does no harm. */
    private final Set<String> declared = ConcurrentHashMap.newKeySet();

    public Rebounds(FlowTopology topology, ReboundProperties settings) {
        this.topology = topology;
        this.series = new ReboundSeries(settings.first(), settings.longest());
        this.limit = settings.limit();
    }

    /** Whether a message that has waited so often may wait once more. */
    public boolean allows(int rebounds) {
        return rebounds < limit;
    }

    /**
     * A frame that waits and then comes to the step's queue.
     *
     * @param rebound 1 for the first
     * @param wish    how long the step wants it to wait; null: as the series says
     * @throws FlowTopology.TopologyException when the waiting queue can not be declared now
     */
    public FlowFrame frame(
            String tenant,
            int rebound,
            @Nullable Duration wish,
            String queue,
            Map<String, Object> headers,
            byte[] body) {
        var wait = series.waitBefore(rebound, wish);
        var waiting = FlowNames.rebounds(tenant, wait.toSeconds());
        once(waiting, () -> topology.declareWait(waiting, wait));
        once(queue, () -> topology.bindReturn(queue));
        return FlowFrame.over(waiting, queue, headers, body);
    }

    private void once(String name, Runnable declaration) {
        var known = topology.epoch() + name;
        if (!declared.contains(known)) {
            declaration.run();
            declared.add(known);
        }
    }
}

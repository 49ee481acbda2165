package dev.weft.execution.rebound;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.weft.common.flowmessage.FlowNames;
import dev.weft.execution.queue.FlowFrame;
import dev.weft.execution.topology.FlowTopology;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Sends messages to waiting queues: one for each tenant and length of wait. The broker expires messages at the head of
 * a queue only, so in a queue with mixed waits a short wait behind a long one would take as long.
 */
@Service
public class Rebounds {

    private static final Logger log = LoggerFactory.getLogger(Rebounds.class);

    private static final int MOST_NAMES = 10_000;

    private final FlowTopology topology;
    private final ReboundSeries series;
    private final int limit;
    private final Set<String> restoring = ConcurrentHashMap.newKeySet();
    private volatile Declared declared = Declared.none(-1);

    /** The queues that this process has declared under one epoch of the topology; declaring again does no harm. */
    private record Declared(int epoch, Set<String> names) {

        /**
         * The oldest are forgotten: each flow that ever let a message wait has a name here, and a connection may live for
         * months.
         */
        static Declared none(int epoch) {
            return new Declared(
                    epoch,
                    Collections.newSetFromMap(Caffeine.newBuilder()
                            .maximumSize(MOST_NAMES)
                            .executor(Runnable::run)
                            .<String, Boolean>build()
                            .asMap()));
        }
    }

    public Rebounds(FlowTopology topology, ReboundProperties settings) {
        this.topology = topology;
        this.series = new ReboundSeries(settings.first(), settings.longest());
        this.limit = settings.limit();
    }

    /** Whether a message that has waited so often may wait once more. */
    public boolean allows(int rebounds) {
        return rebounds < limit;
    }

    /** Of what waits for the first time, when its step does not say how long. */
    public Duration firstWait() {
        return series.waitBefore(1, null);
    }

    /** No message waits for longer, whatever its step wishes. */
    public Duration longestWait() {
        return series.longestWait();
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
        // A step's queue is bound to the way back at its first wait, since most steps never need it.
        once(queue, () -> topology.bindReturn(queue));
        return FlowFrame.over(waiting, queue, headers, body);
    }

    /**
     * A frame that waits once more, since it came back and its step has no queue now: the next time it finds one by itself,
     * or is a dead letter again. That is not counted.
     *
     * @throws FlowTopology.TopologyException as {@link #frame}
     */
    public FlowFrame onceMore(String tenant, Duration wish, String queue, Map<String, Object> headers, byte[] body) {
        var wait = series.waitBefore(1, wish);
        var waiting = FlowNames.rebounds(tenant, wait.toSeconds());
        once(waiting, () -> topology.declareWait(waiting, wait));
        return FlowFrame.over(waiting, queue, headers, body);
    }

    /**
     * The queue in which such a frame was to wait, or the exchange before it, may be gone, by somebody's hand or with a
     * node, while the connection that declared it lives: it is declared anew, so that the frame may be published again.
     * Returns at once.
     */
    public void restore(String tenant, int rebound, @Nullable Duration wish) {
        var wait = series.waitBefore(rebound, wish);
        var waiting = FlowNames.rebounds(tenant, wait.toSeconds());
        if (restoring.add(waiting)) {
            // Forgotten at once: the next message that is to wait there declares the queue first.
            names().remove(waiting);
            try {
                Thread.startVirtualThread(() -> declareAgain(waiting, wait));
            } catch (OutOfMemoryError e) {
                // No thread could be started. The queue must not stay marked as under way, or nobody would declare it.
                restoring.remove(waiting);
                throw e;
            }
        }
    }

    private void declareAgain(String waiting, Duration wait) {
        try {
            log.info("The queue {} may be gone; it is declared again", waiting);
            once(waiting, () -> topology.declareWait(waiting, wait));
        } catch (FlowTopology.TopologyException e) {
            log.warn("The queue {} can not be declared yet: {}", waiting, e.toString());
        } finally {
            restoring.remove(waiting);
        }
    }

    private void once(String name, Runnable declaration) {
        var known = names();
        if (!known.contains(name)) {
            // Two threads may both declare it, which does no harm. It is noted only when it is there.
            declaration.run();
            known.add(name);
        }
    }

    /** Those of an epoch that has ended are forgotten. */
    private Set<String> names() {
        var known = declared;
        var epoch = topology.epoch();
        if (known.epoch() != epoch) {
            known = Declared.none(epoch);
            declared = known;
        }
        return known.names();
    }
}

package dev.weft.execution.rebound;

import dev.weft.common.broker.BrokerConnections;
import dev.weft.execution.topology.FlowTopology;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes what would be declared. */
public final class NotedTopology extends FlowTopology {

    public final List<String> declared = new CopyOnWriteArrayList<>();
    private volatile int epoch = 1;

    public NotedTopology() {
        super(new BrokerConnections("amqp://nobody:nothing@127.0.0.1:1"));
    }

    void reconnect() {
        epoch++;
    }

    @Override
    public int epoch() {
        return epoch;
    }

    @Override
    public void declareWait(String name, Duration wait) {
        declared.add(name);
    }

    @Override
    public void bindReturn(String queue) {
        declared.add(queue);
    }
}

package dev.weft.common.messaging;

import dev.weft.common.broker.BrokerConnections;
import dev.weft.common.event.EventHandler;
import dev.weft.common.event.Fact;
import dev.weft.common.id.Ids;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Subscribes this one process to facts that change what it remembers; one bean per subscription. */
public final class InstanceQueue {

    private final BrokerConnections connections;
    private final JsonMapper json;
    private final Ids ids;
    private final String service;

    InstanceQueue(BrokerConnections connections, JsonMapper json, Ids ids, String service) {
        this.connections = connections;
        this.json = json;
        this.ids = ids;
        this.service = service;
    }

    /**
     * @param lost called whenever facts may have been missed: before the first is heard, and each time the queue is gone
     */
    public InstanceSubscription subscribe(EventHandler handler, Runnable lost, Fact... facts) {
        var name = MessagingNames.instanceQueue(service, ids.nextHex32());
        var types = Stream.of(facts).map(Fact::wire).toArray(String[]::new);
        return new InstanceSubscription(connections, json, name, handler, lost, types);
    }
}

package dev.weft.common.messaging;

import com.rabbitmq.client.Connection;
import dev.weft.common.broker.BrokerConnections;
import dev.weft.common.broker.BrokerLink;
import dev.weft.common.broker.EventBody;
import dev.weft.common.broker.OwnQueue;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.EventHandler;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import tools.jackson.databind.json.JsonMapper;

/**
 * An exclusive queue of this process, which lives as long as its connection. When the connection is lost, facts may be
 * too: the owner is told ({@code lost}) before the queue exists again, and once more afterwards.
 */
public final class InstanceSubscription implements SmartLifecycle, BrokerLink.User {

    private static final Logger log = LoggerFactory.getLogger(InstanceSubscription.class);

    private final BrokerLink link;
    private final JsonMapper json;
    private final String queue;
    private final EventHandler handler;
    private final Runnable lost;
    private final List<String> types;

    InstanceSubscription(
            BrokerConnections connections,
            JsonMapper json,
            String queue,
            EventHandler handler,
            Runnable lost,
            String... types) {
        this.link = new BrokerLink(connections, queue, this);
        this.json = json;
        this.queue = queue;
        this.handler = handler;
        this.lost = lost;
        this.types = List.of(types);
    }

    @Override
    public void opened(Connection connection, Runnable end) throws IOException {
        OwnQueue.declare(connection, queue, end)
                .bind(MessagingNames.EVENTS, types)
                .consume(this::take);
        lost.run();
    }

    @Override
    public void lost(String why) {
        lost.run();
    }

    private void take(String type, Map<String, Object> headers, byte[] body) {
        try {
            handler.handle(json.readValue(EventBody.of(headers, body), DomainEvent.class));
        } catch (RuntimeException | Error e) {
            log.error("An event of type {} could not be applied; everything remembered is dropped", type, e);
            lost.run();
        }
    }

    @Override
    public void start() {
        link.start();
    }

    @Override
    public void stop() {
        link.stop();
    }

    @Override
    public boolean isRunning() {
        return link.isRunning();
    }
}

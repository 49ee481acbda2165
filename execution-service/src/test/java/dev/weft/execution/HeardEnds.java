package dev.weft.execution;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import dev.weft.common.broker.BrokerConnections;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.messaging.MessagingNames;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** What a watcher of executions hears, over the broker. */
public final class HeardEnds implements AutoCloseable {

    private final Connection broker;
    private final List<DomainEvent> heard = new CopyOnWriteArrayList<>();

    /** @param key bound to the events' exchange */
    public HeardEnds(ApplicationContext service, String key) throws Exception {
        var json = service.getBean(JsonMapper.class);
        broker = service.getBean(BrokerConnections.class).open("heard-ends");
        var channel = broker.createChannel();
        var queue = channel.queueDeclare().getQueue();
        channel.queueBind(queue, MessagingNames.EVENTS, key);
        channel.basicConsume(queue, true, new DefaultConsumer(channel) {
            @Override
            public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
                heard.add(json.readValue(body, DomainEvent.class));
            }
        });
    }

    /** Of one execution. */
    public List<DomainEvent> of(String execution) {
        return heard.stream().filter(fact -> fact.subjectId().equals(execution)).toList();
    }

    public boolean isTold(String execution) {
        return !of(execution).isEmpty();
    }

    @Override
    public void close() throws IOException {
        broker.close();
    }
}

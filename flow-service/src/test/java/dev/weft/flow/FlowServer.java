package dev.weft.flow;

import com.rabbitmq.client.Connection;
import dev.weft.common.broker.BrokerConnections;
import dev.weft.common.broker.EventBody;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.messaging.ConfirmedPublisher;
import dev.weft.common.outbox.Outbox;
import dev.weft.common.service.StartedService;
import dev.weft.common.service.StartedService.Answer;
import dev.weft.store.EmbeddedStore;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One replica of the real service on a free port, on a store in memory and the broker of {@code WEFT_RABBITMQ_URI}; it
 * also hears the commands for execution-service, and speaks for it.
 */
public final class FlowServer implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final StartedService service;
    private final Connection broker;
    public final ConcurrentLinkedQueue<DomainEvent> commands = new ConcurrentLinkedQueue<>();
    public final ConcurrentLinkedQueue<DomainEvent> facts = new ConcurrentLinkedQueue<>();

    public FlowServer(EmbeddedStore store, FlowNeighbours neighbours) throws IOException, TimeoutException {
        var uri = Objects.requireNonNull(
                System.getenv("WEFT_RABBITMQ_URI"), "WEFT_RABBITMQ_URI must name a broker; ./weft test starts one");
        service = new StartedService(FlowApplication.builder()
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--spring.mongodb.uri=" + store.connectionString(),
                        "--spring.rabbitmq.addresses=" + uri,
                        "--weft.flow.queues-per-contract=200",
                        "--weft.services.identity=" + neighbours.url(),
                        "--weft.services.workspace=" + neighbours.url(),
                        "--weft.services.registry=" + neighbours.url()));
        broker = service.bean(BrokerConnections.class).open("flow-server-test");
        hear("weft.commands", "direct", "execution-service", commands);
        hear("weft.events", "topic", "#", facts);
    }

    private void hear(String exchange, String type, String key, Collection<DomainEvent> heard) throws IOException {
        var channel = broker.createChannel();
        channel.exchangeDeclare(exchange, type, true);
        var queue = channel.queueDeclare().getQueue();
        channel.queueBind(queue, exchange, key);
        channel.basicConsume(
                queue,
                true,
                (_, delivery) -> heard.add(JSON.readValue(
                        EventBody.of(delivery.getProperties().getHeaders(), delivery.getBody()), DomainEvent.class)),
                _ -> {});
    }

    public <T> T bean(Class<T> type) {
        return service.bean(type);
    }

    /** Says, as execution-service would, what a flow does. */
    public void say(String flowId, long version, Map<String, Object> payload) {
        say(Fact.FLOW_STATE_CHANGED, flowId, version, payload);
    }

    public void say(Fact fact, String subjectId, long version, Map<String, Object> payload) {
        say(fact, new Outbox.Place(null, null, null), subjectId, version, payload);
    }

    public void say(Fact fact, Outbox.Place place, String subjectId, long version, Map<String, Object> payload) {
        var told = service.bean(Outbox.class).event(fact, version, place, subjectId, null, payload);
        service.bean(ConfirmedPublisher.class).publish(told);
    }

    public Answer call(String bearer, String method, String path, @Nullable String body, String... headers) {
        return service.as(bearer).call(method, path, body, headers);
    }

    @Override
    public void close() throws IOException {
        broker.close();
        service.close();
    }
}

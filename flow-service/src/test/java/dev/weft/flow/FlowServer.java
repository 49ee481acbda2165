package dev.weft.flow;

import com.rabbitmq.client.Connection;
import dev.weft.common.broker.BrokerConnections;
import dev.weft.common.messaging.ConfirmedPublisher;
import dev.weft.common.messaging.DomainEvent;
import dev.weft.common.messaging.Fact;
import dev.weft.common.messaging.Outbox;
import dev.weft.store.EmbeddedStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One replica of the real service on a free port, on a store in memory and the broker of {@code WEFT_RABBITMQ_URI}; it
 * also hears the commands for execution-service, and speaks for it.
 */
public final class FlowServer implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private final Connection broker;
    public final ConcurrentLinkedQueue<DomainEvent> commands = new ConcurrentLinkedQueue<>();
    public final ConcurrentLinkedQueue<DomainEvent> facts = new ConcurrentLinkedQueue<>();

    public FlowServer(EmbeddedStore store, FlowNeighbours neighbours) throws IOException, TimeoutException {
        var uri = Objects.requireNonNull(
                System.getenv("WEFT_RABBITMQ_URI"), "WEFT_RABBITMQ_URI must name a broker; ./weft test starts one");
        context = FlowApplication.builder()
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--spring.mongodb.uri=" + store.connectionString(),
                        "--spring.rabbitmq.addresses=" + uri,
                        "--weft.flow.queues-per-contract=200",
                        "--weft.services.identity=" + neighbours.url(),
                        "--weft.services.workspace=" + neighbours.url(),
                        "--weft.services.registry=" + neighbours.url());
        var server = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer());
        url = "http://localhost:" + server.getPort();
        broker = context.getBean(BrokerConnections.class).open("flow-server-test");
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
                (_, delivery) -> heard.add(JSON.readValue(delivery.getBody(), DomainEvent.class)),
                _ -> {});
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Says, as execution-service would, what a flow does. */
    public void say(String flowId, long version, Map<String, Object> payload) {
        say(Fact.FLOW_STATE_CHANGED, flowId, version, payload);
    }

    public void say(Fact fact, String subjectId, long version, Map<String, Object> payload) {
        say(fact, new Outbox.Place(null, null, null), subjectId, version, payload);
    }

    public void say(Fact fact, Outbox.Place place, String subjectId, long version, Map<String, Object> payload) {
        var told = context.getBean(Outbox.class).event(fact, version, place, subjectId, null, payload);
        context.getBean(ConfirmedPublisher.class).publish(told);
    }

    /** An answer: its status, its JSON (a missing node when there is none), its tag and when to come again. */
    public record Answer(int status, JsonNode json, String tag, String retryAfter) {

        public JsonNode at(String pointer) {
            return json.at(pointer);
        }

        public String id() {
            return json.at("/data/id").asString();
        }

        public JsonNode attribute(String name) {
            return json.at("/data/attributes/" + name);
        }
    }

    public Answer call(String bearer, String method, String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", bearer)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    json(response.body()),
                    response.headers().firstValue("ETag").orElse(""),
                    response.headers().firstValue("Retry-After").orElse(""));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What is refused before it comes to the service is answered with a page. */
    private static JsonNode json(String body) {
        return body.isEmpty() || body.startsWith("<") ? JSON.missingNode() : JSON.readTree(body);
    }

    @Override
    public void close() throws IOException {
        broker.close();
        context.close();
    }
}

package dev.weft.gateway.webhook;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.CancelCallback;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Delivery;
import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.flowmessage.FlowNames;
import dev.weft.common.flowmessage.MessageCipher;
import dev.weft.gateway.RunningGateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The other end of the door: queues of flows on the real broker, and replies to callers. */
final class PlayedEngine implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final MessageCipher cipher = new MessageCipher(RunningGateway.PASSWORD, RunningGateway.IV);
    private final Connection connection;
    private final Channel channel;
    private final List<String> queues = new ArrayList<>();

    PlayedEngine(String broker) throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(broker);
        connection = factory.newConnection("played engine");
        channel = connection.createChannel();
    }

    String queue(String flow, Map<String, Object> arguments) throws IOException {
        var queue = FlowNames.messages(flow, "step_1", "r" + queues.size());
        channel.queueDeclare(queue, true, false, false, arguments);
        queues.add(queue);
        return queue;
    }

    void delete(String queue) throws IOException {
        channel.queueDelete(queue);
    }

    /** A message of the queue, or null. */
    com.rabbitmq.client.GetResponse take(String queue) throws IOException {
        return channel.basicGet(queue, true);
    }

    long count(String queue) throws IOException {
        return channel.messageCount(queue);
    }

    JsonNode frame(byte[] body) {
        return JSON.readTree(cipher.decrypt(body));
    }

    /** What the engine does with each message. */
    interface Work {
        void on(Delivery message) throws IOException;
    }

    void work(String queue, Work work) throws IOException {
        CancelCallback gone = _ -> {};
        channel.basicConsume(queue, true, (_, message) -> work.on(message), gone);
    }

    void reply(Delivery to, Object body, Map<String, Object> headers) throws IOException {
        var version = headers.get(FlowHeaders.PROTOCOL_VERSION);
        var plain = JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        var all = new HashMap<String, Object>(headers);
        var asked = to.getProperties().getHeaders();
        all.put(FlowHeaders.THREAD_ID, asked.get(FlowHeaders.THREAD_ID).toString());
        channel.basicPublish(
                "",
                FlowNames.repliesOf(asked.get(FlowHeaders.REPLY_TO).toString()),
                new AMQP.BasicProperties.Builder().headers(all).build(),
                version != null && version.equals(2) ? cipher.encrypt(plain) : cipher.encryptText(plain));
    }

    /** That the execution which a message began has ended. */
    void announceEnd(Delivery of, String status) throws IOException {
        var asked = of.getProperties().getHeaders();
        announce(
                "execution.ended",
                asked.get(FlowHeaders.THREAD_ID).toString(),
                "c",
                Map.of(
                        "status",
                        status,
                        "reply_to",
                        asked.get(FlowHeaders.REPLY_TO).toString()));
    }

    void announce(String type, String subject) throws IOException {
        announce(type, subject, "c", Map.of());
    }

    void announceBacklog(String run, String flow, String contract, long count) throws IOException {
        announce("flow.backlog", flow, contract, Map.of("run", run, "count", count));
    }

    /** What waits for the contract weighs so much, and so many messages wait for the first step of that run. */
    void announceBytes(String teller, String contract, long bytes, Map<String, Long> entries) throws IOException {
        announce(
                "contract.backlog",
                contract,
                contract,
                Map.of("teller", teller, "sent", bytes, "taken", 0, "entries", entries));
    }

    private void announce(String type, String subject, String contract, Map<String, Object> payload)
            throws IOException {
        var event = Map.of(
                "id",
                "e",
                "type",
                type,
                "version",
                1,
                "at",
                "2026-01-01T00:00:00Z",
                "contractId",
                contract,
                "subjectId",
                subject,
                "payload",
                payload);
        channel.basicPublish("weft.events", type, null, JSON.writeValueAsBytes(event));
    }

    @Override
    public void close() throws Exception {
        for (var queue : queues) {
            channel.queueDelete(queue);
        }
        connection.close();
    }
}

package dev.weft.execution.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import dev.weft.common.broker.BrokerConnections;
import dev.weft.common.id.Ids;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class QueueSubscriptionIT {

    @Test
    void whatIsAcknowledgedBeforeTheEndDoesNotComeAgain() throws Exception {
        var broker = System.getenv("WEFT_RABBITMQ_URI");
        var queue = "test." + new Ids().nextHex32();
        var factory = new ConnectionFactory();
        factory.setUri(broker);
        var consumers = new QueueConsumers(new BrokerConnections(broker));
        consumers.start();
        try (var connection = factory.newConnection();
                var channel = connection.createChannel()) {
            channel.queueDeclare(queue, true, false, false, Map.of("x-queue-type", "quorum"));
            channel.confirmSelect();
            for (var round = 0; round < 50; round++) {
                channel.basicPublish("", queue, MessageProperties.PERSISTENT_BASIC, new byte[] {1});
                channel.waitForConfirmsOrDie(60_000);
                var settled = new CountDownLatch(1);
                var subscription = consumers.subscribe(queue, 10, delivery -> {
                    delivery.acknowledge();
                    settled.countDown();
                });

                assertThat(settled.await(60, TimeUnit.SECONDS)).isTrue();
                subscription.close();

                assertThat(channel.basicGet(queue, true))
                        .as("a message of round %d", round)
                        .isNull();
            }
            channel.queueDelete(queue);
        } finally {
            consumers.stop();
        }
    }
}

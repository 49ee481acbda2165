package dev.weft.common.messaging;

import static org.awaitility.Awaitility.await;

import dev.weft.common.broker.AlarmLane;
import dev.weft.common.broker.BrokerConnections;
import dev.weft.common.broker.BrokerPulse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import tools.jackson.databind.json.JsonMapper;

class ServiceSubscriptionTest {

    private static final Duration GROWN = Duration.ofMillis(1500);

    private final List<Long> attempts = new CopyOnWriteArrayList<>();

    /** Of all services and replicas together, one each second from each would be a storm on a broker that comes back. */
    @Test
    void aBrokerThatRefusesIsAskedInGrowingPauses() throws IOException {
        try (var broker = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> refuse(broker));
            var subscription = subscription(new CachingConnectionFactory("127.0.0.1", broker.getLocalPort()));
            Thread.ofVirtual().start(subscription::start);

            await().atMost(Duration.ofSeconds(60)).until(this::hasGrown);
            subscription.stop();
        }
    }

    private boolean hasGrown() {
        for (var n = 1; n < attempts.size(); n++) {
            if (attempts.get(n) - attempts.get(n - 1) > GROWN.toNanos()) {
                return true;
            }
        }
        return false;
    }

    private void refuse(ServerSocket broker) {
        while (!broker.isClosed()) {
            try {
                var client = broker.accept();
                attempts.add(System.nanoTime());
                client.close();
            } catch (IOException e) {
                return;
            }
        }
    }

    private static ServiceSubscription subscription(CachingConnectionFactory connections) {
        var own = new BrokerConnections("amqp://guest:guest@127.0.0.1:" + connections.getPort());
        return new ServiceSubscription(
                connections,
                new RabbitAdmin(connections),
                new ConfirmedPublisher(new RabbitTemplate(connections), new BrokerPulse(own), new AlarmLane(own)),
                JsonMapper.builder().build(),
                Clock.systemUTC(),
                RetryWaits.USUAL,
                "refused",
                MessagingNames.COMMANDS,
                List.of("refused"),
                _ -> {});
    }
}

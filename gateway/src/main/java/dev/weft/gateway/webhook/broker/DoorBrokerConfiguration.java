package dev.weft.gateway.webhook.broker;

import dev.weft.common.broker.BrokerConnections;
import dev.weft.gateway.webhook.reply.ReplyPlaces;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The door's connection to the broker, and its health. */
@Configuration(proxyBeanMethods = false)
class DoorBrokerConfiguration {

    @Bean
    DoorBroker doorBroker(BrokerConnections connections, ReplyPlaces places, Clock clock) {
        return new DoorBroker(connections, places, new QueueTroubles(clock));
    }

    @Bean
    DoorHealth doorHealthIndicator(DoorBroker broker) {
        return new DoorHealth(broker);
    }
}

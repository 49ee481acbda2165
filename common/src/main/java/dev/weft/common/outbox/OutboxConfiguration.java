package dev.weft.common.outbox;

import dev.weft.common.duty.Duty;
import dev.weft.common.id.Ids;
import dev.weft.common.messaging.ConfirmedPublisher;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoTemplate;
import tools.jackson.databind.json.JsonMapper;

/** For services that publish; the gateway only listens. */
@AutoConfiguration(
        after = {RabbitAutoConfiguration.class, MongoAutoConfiguration.class},
        afterName = "org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration")
@ConditionalOnBean(RabbitTemplate.class)
class OutboxConfiguration {

    @Bean
    Outbox outbox(Ids ids, Clock clock, JsonMapper json) {
        return new Outbox(ids, clock, json);
    }

    /** For services with a store. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(MongoTemplate.class)
    static class Relay {

        @Bean
        OutboxRelay outboxRelay(
                MongoTemplate mongo,
                ConfirmedPublisher publisher,
                Clock clock,
                ObjectProvider<OutboxCollection> collections) {
            return new OutboxRelay(
                    mongo, publisher, clock, List.copyOf(collections.stream().toList()));
        }

        @Bean
        Duty outboxRelayDuty(OutboxRelay relay) {
            return Duty.ofService("outbox-relay", Duration.ofSeconds(5), relay::sweep)
                    .first(Duration.ofSeconds(3))
                    .within(Duration.ofMinutes(5));
        }
    }
}

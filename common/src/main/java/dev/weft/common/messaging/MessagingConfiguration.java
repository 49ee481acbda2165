package dev.weft.common.messaging;

import dev.weft.common.broker.AlarmLane;
import dev.weft.common.broker.BrokerConnections;
import dev.weft.common.broker.BrokerPulse;
import dev.weft.common.duty.Duty;
import dev.weft.common.event.EventReceiver;
import dev.weft.common.event.FactHandler;
import dev.weft.common.flowmessage.FlowMessageRoute;
import dev.weft.common.id.Ids;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.core.BindingBuilder;
import org.springframework.amqp.core.Declarable;
import org.springframework.amqp.core.Declarables;
import org.springframework.amqp.core.DirectExchange;
import org.springframework.amqp.core.TopicExchange;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Beans of domain events and commands. */
@AutoConfiguration(after = RabbitAutoConfiguration.class)
class MessagingConfiguration {

    @Bean
    BrokerConnections brokerConnections(@Value("${spring.rabbitmq.addresses}") String uris) {
        return new BrokerConnections(uris);
    }

    @Bean
    InstanceQueue instanceQueue(
            BrokerConnections connections,
            JsonMapper json,
            Ids ids,
            @Value("${spring.application.name}") String service) {
        return new InstanceQueue(connections, json, ids, service);
    }

    /** For services that publish; the gateway only listens. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(RabbitTemplate.class)
    static class Publishing {

        @Bean
        BrokerPulse brokerPulse(BrokerConnections connections) {
            return new BrokerPulse(connections);
        }

        @Bean
        Duty brokerPulseDuty(BrokerPulse pulse) {
            return Duty.ofProcess("broker-pulse", BrokerPulse.PERIOD, pulse::beat)
                    .first(Duration.ofSeconds(1));
        }

        @Bean
        HealthIndicator brokerHealthIndicator(BrokerPulse pulse) {
            return () -> pulse.trouble()
                    .map(reason -> Health.down().withDetail("reason", reason))
                    .orElseGet(Health::up)
                    .build();
        }

        @Bean
        ConfirmedPublisher confirmedPublisher(RabbitTemplate rabbit, BrokerPulse pulse, BrokerConnections connections) {
            rabbit.setMandatory(true);
            // A connection of its own for publishing: a broker short of memory stops reading from a connection that
            // publishes, acknowledgements included.
            rabbit.setUsePublisherConnection(true);
            // The confirm tells of returned messages; without a callback each would also be logged as a warning.
            rabbit.setReturnsCallback(_ -> {});
            return new ConfirmedPublisher(rabbit, pulse, new AlarmLane(connections));
        }

        /** Declared before anything is published, also on a broker that was never used. */
        @Bean
        Declarables publishedTopology(ObjectProvider<EventReceiver> receivers) {
            var events = new TopicExchange(MessagingNames.EVENTS);
            var topology = new ArrayList<Declarable>(List.of(events, new DirectExchange(MessagingNames.COMMANDS)));
            for (var receiver : receivers) {
                var queue = QueueDeclaration.queue(MessagingNames.eventQueue(receiver.service()));
                topology.add(queue);
                for (var fact : receiver.facts()) {
                    topology.add(BindingBuilder.bind(queue).to(events).with(fact.wire()));
                }
            }
            return new Declarables(topology);
        }

        @Bean
        ServiceQueue serviceQueue(
                ConnectionFactory connections,
                AmqpAdmin admin,
                ConfirmedPublisher publisher,
                JsonMapper json,
                Clock clock,
                @Value("${spring.application.name}") String service) {
            return new ServiceQueue(connections, admin, publisher, json, clock, service);
        }

        @Bean
        DeadMessages deadMessages(
                BrokerConnections connections,
                JsonMapper json,
                Clock clock,
                MeterRegistry meters,
                ObjectProvider<FlowMessageRoute> route) {
            return new DeadMessages(
                    connections,
                    json,
                    clock,
                    meters,
                    route.getIfAvailable(() ->
                            _ -> new FlowMessageRoute.Way.Nowhere("execution-service sends messages of flows again.")));
        }

        @Bean
        DeadMessagesEndpoint deadMessagesEndpoint(DeadMessages dead) {
            return new DeadMessagesEndpoint(dead);
        }

        @Bean
        Duty deadMessagesDuty(DeadMessages dead, BrokerPulse pulse) {
            // A broker that is known to be away is not asked: it can not answer, and each process would wait for it.
            return Duty.ofProcess("dead-messages", Duration.ofSeconds(30), () -> {
                        if (pulse.trouble().isEmpty()) {
                            dead.look();
                        }
                    })
                    .first(Duration.ofSeconds(10));
        }

        /** Not DOWN: what lies there hinders nobody, and a process that is taken away mends nothing. */
        @Bean
        HealthIndicator deadMessagesHealthIndicator(DeadMessages dead) {
            return () -> Health.up().withDetails(dead.summary()).build();
        }

        /** One subscription for all features: they share the service's queue, and each fact is taken once. */
        @Bean
        @ConditionalOnBean(FactHandler.class)
        ServiceSubscription heardFacts(ServiceQueue queue, List<FactHandler> handlers) {
            return queue.facts(handlers);
        }
    }
}

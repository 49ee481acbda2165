package dev.weft.common.audit;

import dev.weft.common.access.AccessWitness;
import dev.weft.common.broker.BrokerConnections;
import dev.weft.common.duty.Duty;
import dev.weft.common.event.EventReceiver;
import dev.weft.common.event.Fact;
import dev.weft.common.id.Ids;
import dev.weft.common.messaging.ConfirmedPublisher;
import dev.weft.common.outbox.LinkedPublisher;
import dev.weft.common.outbox.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Beans of the audit trail: of services, which have a store, and of the gateway, which has none. */
@AutoConfiguration(
        after = RabbitAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration",
            "dev.weft.common.messaging.MessagingConfiguration",
            "dev.weft.common.outbox.OutboxConfiguration"
        })
class AuditConfiguration {

    @Bean
    AuditActions auditActions() {
        return AuditActions.ofTable();
    }

    /** For services. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean({MongoTemplate.class, RabbitTemplate.class})
    static class OfServices {

        private static final String IDENTITY = "identity-service";

        /** What is told before identity-service has run with this release must not be lost. */
        @Bean
        EventReceiver auditReachesIdentity() {
            return new EventReceiver(IDENTITY, List.of(Fact.AUDIT_RECORDED));
        }

        @Bean
        MongoAuditOutbox auditOutbox(MongoTemplate mongo, JsonMapper json, Clock clock) {
            return new MongoAuditOutbox(mongo, json, clock);
        }

        @Bean
        AuditRelay auditRelay(Outbox outbox, ConfirmedPublisher publisher) {
            return new AuditRelay(outbox, publisher::publish);
        }

        @Bean
        AuditTeller auditTeller(AuditRelay relay, MongoAuditOutbox outbox) {
            return new AuditTeller(relay, AuditTeller.Failed.DROP, outbox::forget);
        }

        @Bean
        AuditTrail auditTrail(
                MongoAuditOutbox outbox,
                AuditTeller teller,
                AuditRelay relay,
                Ids ids,
                Clock clock,
                @Value("${spring.application.name}") String service) {
            return new AuditTrail(outbox, teller, relay, ids, clock, service);
        }

        @Bean
        AuditInterceptor auditInterceptor(AuditTrail trail, AuditActions actions) {
            return new AuditInterceptor(trail, actions);
        }

        @Bean
        AuditAdvice auditAdvice(AuditTrail trail) {
            return new AuditAdvice(trail);
        }

        @Bean
        AccessWitness auditedScopes() {
            return (scope, grants) -> AuditedRequest.current().ifPresent(request -> request.saw(scope, grants));
        }

        @Bean
        Duty auditRelayDuty(AuditTrail trail) {
            return Duty.ofService("audit-relay", Duration.ofSeconds(5), trail::sweep)
                    .within(Duration.ofMinutes(5));
        }
    }

    /** For the gateway. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(RabbitTemplate.class)
    static class OfGateway {

        @Bean
        LinkedPublisher auditLink(BrokerConnections connections) {
            return new LinkedPublisher(connections, "gateway audit");
        }

        @Bean
        AuditTeller refusalTeller(LinkedPublisher link, Ids ids, Clock clock, JsonMapper json) {
            var relay = new AuditRelay(new Outbox(ids, clock, json), link::publish);
            return new AuditTeller(relay, AuditTeller.Failed.KEEP, _ -> {});
        }
    }
}

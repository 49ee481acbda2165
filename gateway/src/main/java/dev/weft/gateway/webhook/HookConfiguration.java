package dev.weft.gateway.webhook;

import dev.weft.common.flowmessage.MessageCipher;
import dev.weft.common.id.Ids;
import dev.weft.common.broker.BrokerConnections;
import dev.weft.common.messaging.Fact;
import dev.weft.common.messaging.InstanceQueue;
import dev.weft.common.messaging.InstanceSubscription;
import dev.weft.gateway.GatewayProperties;
import dev.weft.gateway.answer.WebhookHost;
import dev.weft.gateway.body.CallBodies;
import dev.weft.gateway.limit.RateLimit;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The door as a servlet of its own, beside the dispatcher: nothing stands between a call and its message. */
@Configuration(proxyBeanMethods = false)
class HookConfiguration {

    @Bean
    Doors doors(DoorLookup execution) {
        return new Doors(execution);
    }

    @Bean
    MissingDoors missingDoors(WantedFlows flows) {
        return new MissingDoors(flows, new RateLimit(Duration.ofSeconds(1)));
    }

    @Bean
    Backlogs backlogs(Clock clock, GatewayProperties properties) {
        return new Backlogs(clock, properties.backlogPerFlow(), properties.backlogPerContract());
    }

    @Bean
    InstanceSubscription doorFacts(Doors doors, Backlogs backlogs, InstanceQueue queue) {
        return queue.subscribe(
                event -> {
                    if (event.type().equals(Fact.FLOW_BACKLOG.wire())) {
                        backlogs.heard(event);
                    } else {
                        doors.forget(event.subjectId());
                    }
                },
                doors::forgetAll,
                Fact.FLOW_BACKLOG,
                Fact.WEBHOOK_DOOR_CHANGED);
    }

    @Bean
    ReplyPlaces replyPlaces(Ids ids) {
        return new ReplyPlaces(ids);
    }

    /** By itself: a fact that is lost here leaves a caller to the time-out, and nothing else. */
    @Bean
    InstanceSubscription endsOfExecutions(ReplyPlaces places, InstanceQueue queue) {
        return queue.subscribe(places::ended, () -> {}, Fact.EXECUTION_ENDED);
    }

    @Bean
    DoorBroker doorBroker(BrokerConnections connections, ReplyPlaces places, Clock clock) {
        return new DoorBroker(connections, places, new QueueTroubles(clock));
    }

    @Bean
    DoorHealth doorHealthIndicator(DoorBroker broker) {
        return new DoorHealth(broker);
    }

    @Bean
    ServletRegistrationBean<HookServlet> hookServlet(
            Doors doors,
            MissingDoors missing,
            Backlogs backlogs,
            DoorBroker broker,
            ReplyPlaces places,
            RateLimit rates,
            JsonMapper json,
            Ids ids,
            Clock clock,
            MeterRegistry registry,
            WebhookHost ownHost,
            GatewayProperties properties) {
        var metrics = new DoorMetrics(registry);
        var cipher = new MessageCipher(properties.messagePassword(), properties.messageIv());
        var servlet = new HookServlet(
                ownHost,
                doors,
                missing,
                backlogs,
                new HookMessages(new CallBodies(json), new KickOff(json, cipher), ids),
                new HookDelivery(doors, missing, backlogs, broker, clock, metrics),
                places,
                new ReplyReader(cipher, json),
                rates,
                metrics);
        var registration = new ServletRegistrationBean<>(servlet, "/hook/*");
        registration.setLoadOnStartup(1);
        return registration;
    }
}

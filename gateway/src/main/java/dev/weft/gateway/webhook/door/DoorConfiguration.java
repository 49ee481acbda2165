package dev.weft.gateway.webhook.door;

import dev.weft.common.event.Fact;
import dev.weft.common.messaging.InstanceQueue;
import dev.weft.common.messaging.InstanceSubscription;
import dev.weft.gateway.GatewayProperties;
import dev.weft.gateway.limit.RateLimit;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans of doors and backlogs, and the subscriptions to the facts about them. */
@Configuration(proxyBeanMethods = false)
class DoorConfiguration {

    /** The one quota that doors tell. */
    private static final String CALLS = "per_contract_webhook_requests_per_minute_limit";

    @Bean
    Doors doors(DoorLookup execution) {
        return new Doors(execution);
    }

    @Bean
    MissingDoors missingDoors(WantedFlows flows) {
        return new MissingDoors(flows, new RateLimit(Duration.ofSeconds(1)));
    }

    @Bean
    ContractBytes contractBytes(Clock clock, GatewayProperties properties, MeterRegistry meters) {
        return new ContractBytes(clock, properties.backlogBytesPerContract().toBytes(), meters);
    }

    @Bean
    Backlogs backlogs(Clock clock, GatewayProperties properties, ContractBytes bytes) {
        return new Backlogs(clock, properties.backlogPerFlow(), properties.backlogPerContract(), bytes);
    }

    @Bean
    InstanceSubscription doorFacts(Doors doors, Backlogs backlogs, ContractBytes bytes, InstanceQueue queue) {
        return queue.subscribe(
                event -> {
                    if (event.type().equals(Fact.FLOW_BACKLOG.wire())) {
                        backlogs.heard(event);
                    } else if (event.type().equals(Fact.QUOTA_CHANGED.wire())) {
                        if (CALLS.equals(event.payload().get("quota"))) {
                            doors.forgetOf(event.tenantId(), event.contractId());
                        }
                    } else if (event.type().equals(Fact.CONTRACT_BACKLOG.wire())) {
                        bytes.heard(event);
                    } else {
                        doors.forget(event.subjectId());
                    }
                },
                doors::forgetAll,
                Fact.FLOW_BACKLOG,
                Fact.QUOTA_CHANGED,
                Fact.CONTRACT_BACKLOG,
                Fact.WEBHOOK_DOOR_CHANGED);
    }
}

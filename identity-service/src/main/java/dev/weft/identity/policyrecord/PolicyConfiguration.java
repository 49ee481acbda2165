package dev.weft.identity.policyrecord;

import dev.weft.common.event.EventReceiver;
import dev.weft.common.event.Fact;
import dev.weft.common.outbox.OutboxCollection;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Names the collection of policies to the outbox relay, and the service that must hear of them. */
@Configuration(proxyBeanMethods = false)
class PolicyConfiguration {

    @Bean
    OutboxCollection policyOutbox() {
        return new OutboxCollection(StoredPolicy.COLLECTION);
    }

    /** A release of workspace-service that does not know policies may be replaced after one was changed. */
    @Bean
    EventReceiver policiesReachWorkspaces() {
        return new EventReceiver("workspace-service", List.of(Fact.ROLE_CHANGED));
    }
}

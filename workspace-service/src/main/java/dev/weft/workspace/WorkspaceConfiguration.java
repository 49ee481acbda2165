package dev.weft.workspace;

import dev.weft.common.messaging.OutboxCollection;
import dev.weft.common.messaging.ServiceQueue;
import dev.weft.common.messaging.ServiceSubscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which facts this service hears, and whose documents carry facts of its own. */
@Configuration(proxyBeanMethods = false)
class WorkspaceConfiguration {

    @Bean
    OutboxCollection contractsTell() {
        return new OutboxCollection("contracts");
    }

    @Bean
    OutboxCollection workspacesTell() {
        return new OutboxCollection("workspaces");
    }

    @Bean
    OutboxCollection credentialsTell() {
        return new OutboxCollection("credentials");
    }

    /** One subscription for all features: they share the service's queue, and each fact is taken once. */
    @Bean
    ServiceSubscription facts(ServiceQueue queue, WorkspaceListener listener) {
        return queue.events(listener, WorkspaceListener.TYPES);
    }
}

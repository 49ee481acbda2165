package dev.weft.flow.lifecycle;

import dev.weft.common.messaging.ServiceQueue;
import dev.weft.common.messaging.ServiceSubscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Subscribes to the state of flows. */
@Configuration(proxyBeanMethods = false)
class LifecycleConfiguration {

    @Bean
    ServiceSubscription flowStates(ServiceQueue queue, StateListener listener) {
        return queue.events(listener::hear, "flow.state-changed");
    }
}

package dev.weft.flow.flow;

import dev.weft.common.messaging.ServiceQueue;
import dev.weft.common.messaging.ServiceSubscription;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hands the facts that this service hears to the feature that listens for them. */
@Configuration(proxyBeanMethods = false)
class FactConfiguration {

    @Bean
    ServiceSubscription facts(ServiceQueue queue, List<FactListener> listeners) {
        var byType = listeners.stream().collect(Collectors.toMap(FactListener::type, Function.identity()));
        return queue.events(
                event -> {
                    var listener = byType.get(event.type());
                    // A type that an older release of this service subscribed to.
                    if (listener != null) {
                        listener.hear(event);
                    }
                },
                byType.keySet().toArray(String[]::new));
    }
}

package dev.weft.gateway.authentication;

import dev.weft.common.event.Fact;
import dev.weft.common.messaging.InstanceQueue;
import dev.weft.common.messaging.InstanceSubscription;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The authenticator, and the subscription by which it forgets changed keys. */
@Configuration(proxyBeanMethods = false)
class AuthenticationConfiguration {

    @Bean
    Authenticator authenticator(Authentications identity, Clock clock) {
        return new Authenticator(identity, clock);
    }

    @Bean
    InstanceSubscription keyChanges(Authenticator authenticator, InstanceQueue queue) {
        return queue.subscribe(
                event -> {
                    if (event.type().equals(Fact.KEY_CHANGED.wire())) {
                        authenticator.forget(event.subjectId());
                    } else {
                        authenticator.heartbeat();
                    }
                },
                authenticator::forgetAll,
                Fact.ACCESS_HEARTBEAT,
                Fact.KEY_CHANGED);
    }
}

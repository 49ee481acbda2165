package dev.weft.gateway.authentication;

import dev.weft.common.messaging.InstanceQueue;
import dev.weft.common.messaging.InstanceSubscription;
import dev.weft.common.remote.RemoteCalls;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The authenticator, and what makes it forget. */
@Configuration(proxyBeanMethods = false)
@EnableFeignClients(clients = RemoteAuthentications.class)
class AuthenticationConfiguration {

    @Bean
    Authenticator authenticator(
            RemoteAuthentications identity,
            RemoteCalls calls,
            Clock clock,
            @Value("${weft.service-secret}") String secret) {
        return new Authenticator(identity, calls, clock, secret);
    }

    @Bean
    InstanceSubscription keyChanges(Authenticator authenticator, InstanceQueue queue) {
        return queue.subscribe(
                event -> authenticator.forget(event.subjectId()), authenticator::forgetAll, "key.changed");
    }
}

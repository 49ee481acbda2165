package dev.weft.common.access;

import dev.weft.common.event.Fact;
import dev.weft.common.messaging.InstanceQueue;
import dev.weft.common.messaging.InstanceSubscription;
import dev.weft.common.remote.RemoteCalls;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The access check, for each service that accepts {@linkplain dev.weft.common.token internal tokens}. */
@AutoConfiguration
@ConditionalOnProperty(name = "weft.internal-token", matchIfMissing = true)
class AccessConfiguration {

    @Bean
    AccessClient accessClient(GrantsSource source, ObjectProvider<AccessWitness> witness) {
        return new AccessClient(source, witness.getIfAvailable(() -> (_, _) -> {}));
    }

    /** For every service but workspace-service, which brings its own {@link GrantsSource}. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "weft.remote-access", matchIfMissing = true)
    @EnableFeignClients(clients = AccessApi.class)
    static class RemoteAccess {

        @Bean
        RemoteGrants remoteGrants(AccessApi api, RemoteCalls calls, Clock clock) {
            return new RemoteGrants(api, calls, clock);
        }

        @Bean
        InstanceSubscription grantChanges(RemoteGrants grants, InstanceQueue queue) {
            return queue.subscribe(
                    event -> {
                        if (event.type().equals(Fact.ACCESS_CHANGED.wire())) {
                            grants.changed(event.subjectId(), event.version());
                        } else {
                            grants.heartbeat();
                        }
                    },
                    grants::forgetAll,
                    Fact.ACCESS_HEARTBEAT,
                    Fact.ACCESS_CHANGED);
        }
    }
}

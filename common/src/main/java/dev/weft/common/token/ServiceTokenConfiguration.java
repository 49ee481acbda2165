package dev.weft.common.token;

import dev.weft.common.remote.RemoteCalls;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.context.annotation.Bean;

/**
 * Tokens for a service's own work. Used by every service, the gateway included, except identity-service, which issues
 * these tokens itself ({@code weft.remote-tokens: false}).
 */
@AutoConfiguration
@ConditionalOnProperty(name = "weft.remote-tokens", matchIfMissing = true)
@EnableFeignClients(clients = ServiceTokenApi.class)
class ServiceTokenConfiguration {

    @Bean
    ServiceTokens serviceTokens(
            ServiceTokenApi api,
            RemoteCalls calls,
            Clock clock,
            @Value("${spring.application.name}") String service,
            @Value("${weft.service-secret}") String secret) {
        return new ServiceTokens(api, calls, clock, service, secret);
    }
}

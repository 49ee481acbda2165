package dev.weft.registry;

import dev.weft.common.outbox.OutboxCollection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Names the collections whose documents have an outbox. */
@Configuration(proxyBeanMethods = false)
class RegistryConfiguration {

    @Bean
    OutboxCollection teamsTell() {
        return new OutboxCollection("teams");
    }
}

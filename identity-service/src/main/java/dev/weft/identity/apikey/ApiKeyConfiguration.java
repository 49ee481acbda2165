package dev.weft.identity.apikey;

import dev.weft.common.outbox.OutboxCollection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Names the collection of API keys to the outbox relay. */
@Configuration(proxyBeanMethods = false)
class ApiKeyConfiguration {

    @Bean
    OutboxCollection apiKeyOutbox() {
        return new OutboxCollection(StoredApiKey.COLLECTION);
    }
}

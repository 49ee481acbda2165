package dev.weft.identity.apikey;

import dev.weft.common.outbox.OutboxCollection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells the relay of outboxes about keys. */
@Configuration(proxyBeanMethods = false)
class ApiKeyConfiguration {

    @Bean
    OutboxCollection apiKeyOutbox() {
        return new OutboxCollection(StoredApiKey.COLLECTION);
    }
}

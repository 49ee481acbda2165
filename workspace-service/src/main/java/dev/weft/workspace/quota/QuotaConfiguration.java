package dev.weft.workspace.quota;

import dev.weft.common.outbox.OutboxCollection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Names the collection of quotas to the outbox relay. */
@Configuration(proxyBeanMethods = false)
class QuotaConfiguration {

    @Bean
    OutboxCollection quotasTell() {
        return new OutboxCollection(StoredQuota.COLLECTION);
    }
}

package dev.weft.identity.tenant;

import dev.weft.common.messaging.OutboxCollection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells the relay of outboxes about tenants. */
@Configuration(proxyBeanMethods = false)
class TenantConfiguration {

    @Bean
    OutboxCollection tenantOutbox() {
        return new OutboxCollection(StoredTenant.COLLECTION);
    }
}

package dev.weft.identity.tenantrecord;

import dev.weft.common.event.EventReceiver;
import dev.weft.common.event.Fact;
import dev.weft.common.outbox.OutboxCollection;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Names the collection of tenants to the outbox relay, and the services that must hear of tenants. */
@Configuration(proxyBeanMethods = false)
class TenantConfiguration {

    @Bean
    OutboxCollection tenantOutbox() {
        return new OutboxCollection(StoredTenant.COLLECTION);
    }

    /** The first tenant may be made before workspace-service ever ran; its contract must be made all the same. */
    @Bean
    EventReceiver tenantsReachWorkspaces() {
        return new EventReceiver(
                "workspace-service", List.of(Fact.TENANT_CREATED, Fact.TENANT_DELETED, Fact.USER_DELETED));
    }
}

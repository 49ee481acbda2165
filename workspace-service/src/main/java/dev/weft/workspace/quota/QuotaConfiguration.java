package dev.weft.workspace.quota;

import dev.weft.common.event.Fact;
import dev.weft.common.event.FactHandler;
import dev.weft.common.outbox.OutboxCollection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Names the collection of quotas to the outbox relay, and hears which tenants are gone. */
@Configuration(proxyBeanMethods = false)
class QuotaConfiguration {

    @Bean
    OutboxCollection quotasTell() {
        return new OutboxCollection(StoredQuota.COLLECTION);
    }

    @Bean
    FactHandler quotasOfDeletedTenants(QuotaRepository quotas) {
        return new FactHandler(Fact.TENANT_DELETED, tenant -> quotas.removeOf(tenant.subjectId()));
    }
}

package dev.weft.workspace.home;

import dev.weft.common.event.Fact;
import dev.weft.common.event.FactHandler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hears of new tenants. */
@Configuration(proxyBeanMethods = false)
class TenantListener {

    /** Repeatable: ids of what is opened follow from the tenant's. */
    @Bean
    FactHandler newTenants(TenantHomes homes) {
        return new FactHandler(
                Fact.TENANT_CREATED,
                tenant -> homes.open(
                        tenant.subjectId(),
                        tenant.payload().get("admin_user_id") instanceof String admin ? admin : null));
    }
}

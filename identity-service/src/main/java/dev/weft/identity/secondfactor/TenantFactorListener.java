package dev.weft.identity.secondfactor;

import dev.weft.common.event.Fact;
import dev.weft.common.event.FactHandler;
import dev.weft.identity.tenantrecord.TenantFactorNotes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hears of tenants that may have said something new of second factors; it is compared with what is in force. */
@Configuration(proxyBeanMethods = false)
class TenantFactorListener {

    @Bean
    FactHandler factorsOfChangedTenants(TenantFactorNotes notes) {
        return new FactHandler(Fact.TENANT_UPDATED, tenant -> notes.compare(tenant.subjectId()));
    }
}

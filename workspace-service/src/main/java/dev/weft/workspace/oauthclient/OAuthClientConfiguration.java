package dev.weft.workspace.oauthclient;

import dev.weft.common.event.Fact;
import dev.weft.common.event.FactHandler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** OAuth clients go with their tenant. */
@Configuration(proxyBeanMethods = false)
class OAuthClientConfiguration {

    @Bean
    FactHandler oauthClientsOfDeletedTenants(OAuthClientRepository clients) {
        return new FactHandler(Fact.TENANT_DELETED, tenant -> clients.removeAllOf(tenant.subjectId()));
    }
}

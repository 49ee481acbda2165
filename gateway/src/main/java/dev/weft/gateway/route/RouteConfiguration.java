package dev.weft.gateway.route;

import dev.weft.common.service.ServiceUrls;
import dev.weft.gateway.GatewayProperties;
import dev.weft.gateway.answer.SecurityHeaders;
import java.util.EnumMap;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The table of endpoints and the client of the services. {@code RoutesConfiguration} decides which requests use them.
 */
@Configuration(proxyBeanMethods = false)
class RouteConfiguration {

    @Bean
    PublicEndpoints publicEndpoints() {
        return PublicEndpoints.ofTable();
    }

    @Bean
    BackendTargets backendTargets(ServiceUrls urls, GatewayProperties properties) {
        var bases = new EnumMap<Backend, String>(Backend.class);
        bases.put(Backend.IDENTITY, urls.identity());
        bases.put(Backend.WORKSPACE, urls.workspace());
        bases.put(Backend.REGISTRY, urls.registry());
        bases.put(Backend.FLOW, urls.flow());
        bases.put(Backend.EXECUTION, urls.execution());
        bases.put(Backend.KEYCLOAK, properties.keycloakUrl());
        return new BackendTargets(bases);
    }

    @Bean(destroyMethod = "close")
    BackendClient backendClient(BackendTargets targets) {
        return new BackendClient(targets);
    }

    @Bean
    ServiceForwarding serviceForwarding(BackendClient client, SecurityHeaders security) {
        return new ServiceForwarding(client, security);
    }
}

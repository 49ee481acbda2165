package dev.weft.gateway.route;

import dev.weft.common.service.ServiceUrls;
import dev.weft.gateway.GatewayProperties;
import dev.weft.gateway.answer.SecurityHeaders;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.RequestHttpHeadersFilter;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.ResponseHttpHeadersFilter;
import org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions;
import org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchangeHandlerFunction;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Spring Cloud Gateway with one route: which service a path belongs to was found in the tree before, in a time that does
 * not grow with the table.
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
    ProxyExchange serviceExchange(BackendClient client, SecurityHeaders headers) {
        return new ServiceExchange(client, headers);
    }

    /** Without the header filters that come with it, each of which copies all headers: the exchange does that in one go. */
    @Bean
    ProxyExchangeHandlerFunction proxyExchangeHandlerFunction(ProxyExchange exchange, BackendTargets targets) {
        RequestHttpHeadersFilter nothing = (_, _) -> new HttpHeaders();
        var filters = new StaticListableBeanFactory(Map.of("nothing", nothing));
        return new ProxyExchangeHandlerFunction(
                exchange,
                filters.getBeanProvider(RequestHttpHeadersFilter.class),
                filters.getBeanProvider(ResponseHttpHeadersFilter.class),
                request -> targets.of(
                        ServiceExchange.forwarded(request.servletRequest()).backend()));
    }

    @Bean
    RouterFunction<ServerResponse> services() {
        return GatewayRouterFunctions.route("services")
                .route(ServiceExchange::isForwarded, HandlerFunctions.http())
                .build();
    }
}

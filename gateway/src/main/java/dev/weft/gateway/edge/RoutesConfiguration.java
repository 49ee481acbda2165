package dev.weft.gateway.edge;

import static org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions.route;

import dev.weft.common.id.Ids;
import dev.weft.gateway.GatewayProperties;
import dev.weft.gateway.authentication.Authenticator;
import dev.weft.gateway.limit.RateLimit;
import dev.weft.gateway.openapi.PublishedFileRoute;
import dev.weft.gateway.openapi.PublishedFiles;
import dev.weft.gateway.route.Backend;
import dev.weft.gateway.route.PublicEndpoints;
import dev.weft.gateway.route.ServiceForwarding;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The routes of everything but webhooks: one for each service, one for Keycloak, one for what anybody may read about the
 * API, one for the rest. A filter refuses by
 * throwing an exception, which {@link EdgeFilter} turns into the answer.
 */
@Configuration(proxyBeanMethods = false)
class RoutesConfiguration {

    @Bean
    RouteMapping routes(
            PublicEndpoints endpoints,
            ServiceForwarding services,
            Authenticator authenticator,
            RateLimit rates,
            Ids ids,
            PublishedFiles files,
            GatewayProperties properties) {
        var checks = new PlatformChecks(endpoints, authenticator, rates, properties.ratePerMinute(), ids);
        return new RouteMapping(keycloak(services)
                .and(service(Backend.FLOW, checks, services))
                .and(service(Backend.EXECUTION, checks, services))
                .and(service(Backend.WORKSPACE, checks, services))
                .and(service(Backend.IDENTITY, checks, services))
                .and(service(Backend.REGISTRY, checks, services))
                .and(published(new PublishedFileRoute(files, EdgeMetrics::name)))
                .and(rest(checks)));
    }

    /** What {@code endpoints.txt} says that the service answers. Filters work in the order in which they stand. */
    private static RouterFunction<ServerResponse> service(
            Backend service, PlatformChecks checks, ServiceForwarding services) {
        return route(service.label())
                .route(request -> checks.leadsTo(service, request), services.to(service))
                .filter(checks::admit)
                .filter(checks::negotiate)
                .filter(checks::read)
                .filter(checks::forgetOldKey)
                .build();
    }

    private static RouterFunction<ServerResponse> keycloak(ServiceForwarding services) {
        return route("keycloak")
                .route(KeycloakCheck::concerns, services.to(Backend.KEYCLOAK))
                .filter(KeycloakCheck::check)
                .build();
    }

    private static RouterFunction<ServerResponse> published(PublishedFileRoute files) {
        return route("published")
                .route(PublishedFileRoute::concerns, files::answer)
                .build();
    }

    /** Paths and methods of no service. */
    private static RouterFunction<ServerResponse> rest(PlatformChecks checks) {
        return route("rest").route(RequestPredicates.all(), checks::refuse).build();
    }
}

package dev.weft.gateway.edge;

import dev.weft.common.id.Ids;
import dev.weft.gateway.GatewayProperties;
import dev.weft.gateway.authentication.Authenticator;
import dev.weft.gateway.limit.BodyBudget;
import dev.weft.gateway.limit.RateLimit;
import dev.weft.gateway.route.PublicEndpoints;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import tools.jackson.databind.json.JsonMapper;

/** The edge as a servlet filter before all others, and Tomcat's own errors in its words. */
@Configuration(proxyBeanMethods = false)
class EdgeConfiguration {

    private static final long SMALLEST_BUDGET = 32L * 1024 * 1024;

    @Bean
    RateLimit rateLimit() {
        return new RateLimit();
    }

    /** Of the heap, unless it is set; each share holds a few of the largest bodies. */
    @Bean
    BodyBudget bodyBudget(GatewayProperties properties) {
        var set = properties.bodyBudget().toBytes();
        return new BodyBudget(
                set > 0 ? set : Math.max(SMALLEST_BUDGET, Runtime.getRuntime().maxMemory() / 8));
    }

    @Bean
    FilterRegistrationBean<EdgeFilter> edgeFilter(
            Ids ids,
            JsonMapper json,
            MeterRegistry registry,
            PublicEndpoints endpoints,
            Authenticator authenticator,
            RateLimit rates,
            BodyBudget budget,
            GatewayProperties properties) {
        var platform = new PlatformRequests(endpoints, authenticator, rates, properties.ratePerMinute());
        var filter = new EdgeFilter(
                ids,
                new Refusals(json),
                new EdgeMetrics(registry),
                platform,
                new KeycloakRequests(),
                budget,
                properties.slowest());
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST));
        return registration;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcat(GatewayProperties properties) {
        return factory -> {
            factory.setProtocol(WatchedProtocol.class.getName());
            factory.addConnectorCustomizers(connector -> {
                // What is behind the flow in a webhook's path is the caller's, also a slash that is written out; all
                // other
                // paths take plain characters only.
                connector.setEncodedSolidusHandling("passthrough");
                if (connector.getProtocolHandler() instanceof WatchedProtocol protocol) {
                    protocol.bound(properties.connectionsPerAddress());
                }
            });
            factory.addEngineValves(new SlowRequests(properties.slowest()));
            factory.addContextCustomizers(context -> {
                if (context.getParent() instanceof StandardHost host) {
                    host.setErrorReportValveClass(TomcatErrors.class.getName());
                }
            });
        };
    }
}

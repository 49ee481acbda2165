package dev.weft.gateway.edge;

import dev.weft.common.id.Ids;
import dev.weft.gateway.GatewayProperties;
import dev.weft.gateway.authentication.Authenticator;
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

    @Bean
    RateLimit rateLimit() {
        return new RateLimit();
    }

    @Bean
    FilterRegistrationBean<EdgeFilter> edgeFilter(
            Ids ids,
            JsonMapper json,
            MeterRegistry registry,
            PublicEndpoints endpoints,
            Authenticator authenticator,
            RateLimit rates,
            GatewayProperties properties) {
        var platform = new PlatformRequests(endpoints, authenticator, rates, properties.ratePerMinute());
        var filter =
                new EdgeFilter(ids, new Refusals(json), new EdgeMetrics(registry), platform, new KeycloakRequests());
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST));
        return registration;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcatErrors() {
        return factory -> factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(TomcatErrors.class.getName());
            }
        });
    }
}

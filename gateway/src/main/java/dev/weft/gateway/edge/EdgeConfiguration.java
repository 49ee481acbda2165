package dev.weft.gateway.edge;

import dev.weft.common.audit.AuditActions;
import dev.weft.common.audit.AuditTeller;
import dev.weft.common.id.Ids;
import dev.weft.gateway.GatewayProperties;
import dev.weft.gateway.answer.Refusals;
import dev.weft.gateway.answer.WebhookHost;
import dev.weft.gateway.limit.BodyBudget;
import dev.weft.gateway.limit.RateLimit;
import dev.weft.gateway.route.PublicEndpoints;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.DispatcherType;
import java.time.Clock;
import java.util.EnumSet;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Registers the edge as the first servlet filter. */
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
    RefusedWrites refusedWrites(
            PublicEndpoints endpoints,
            AuditActions actions,
            AuditTeller teller,
            RateLimit rates,
            Ids ids,
            Clock clock,
            MeterRegistry registry) {
        return new RefusedWrites(endpoints, actions, teller, rates, ids, clock, registry.counter("weft.audit.untold"));
    }

    @Bean
    FilterRegistrationBean<EdgeFilter> edgeFilter(
            Ids ids,
            Refusals refusals,
            MeterRegistry registry,
            BodyBudget budget,
            WebhookHost webhooks,
            RefusedWrites refused,
            GatewayProperties properties) {
        var filter = new EdgeFilter(
                ids, refusals, new EdgeMetrics(registry), budget, webhooks, refused, properties.slowest());
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST));
        return registration;
    }
}

package dev.weft.execution.sandbox;

import dev.weft.execution.metrics.EngineMetrics;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The sandbox as a bean, closed with the service. */
@Configuration(proxyBeanMethods = false)
class SandboxConfiguration {

    @Bean
    Sandbox sandbox(EngineMetrics metrics) {
        return new Sandbox(metrics);
    }
}

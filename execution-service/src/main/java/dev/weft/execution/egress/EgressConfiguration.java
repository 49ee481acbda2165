package dev.weft.execution.egress;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The guard, as the operator has set it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EgressProperties.class)
class EgressConfiguration {

    @Bean
    EgressGuard egressGuard(EgressProperties properties) {
        return new EgressGuard(properties.allow());
    }
}

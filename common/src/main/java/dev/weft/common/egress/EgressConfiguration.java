package dev.weft.common.egress;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The guard, as the operator has set it. */
@AutoConfiguration
@EnableConfigurationProperties(EgressProperties.class)
class EgressConfiguration {

    @Bean
    EgressGuard egressGuard(EgressProperties properties) {
        return new EgressGuard(properties.allow());
    }
}

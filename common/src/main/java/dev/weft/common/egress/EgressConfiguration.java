package dev.weft.common.egress;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The guard, with the operator's settings. */
@AutoConfiguration
@EnableConfigurationProperties(EgressProperties.class)
class EgressConfiguration {

    @Bean
    EgressGuard egressGuard(EgressProperties properties) {
        return new EgressGuard(properties.allow());
    }
}

package dev.weft.common.service;

import dev.weft.common.crypto.Vault;
import dev.weft.common.id.Ids;
import dev.weft.common.jsonapi.ErrorHandler;
import dev.weft.common.jsonapi.NothingToInclude;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.module.SimpleModule;

/** Time, identifiers, JSON and errors: the same in every service. */
@AutoConfiguration
@EnableConfigurationProperties(ServiceUrls.class)
@Import({ErrorHandler.class, NothingToInclude.class})
class CoreConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    @ConditionalOnMissingBean
    Ids ids() {
        return new Ids();
    }

    /** Instants in milliseconds (api-v2 1.1); numbers of a payload keep all their digits. */
    @Bean
    JsonMapperBuilderCustomizer weftJson() {
        return builder -> builder.addModule(new SimpleModule("weft").addSerializer(new InstantJson()))
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }

    /** Made for whom needs one: a service without secrets, such as the gateway, gets no key. */
    @Bean
    @Lazy
    Vault vault(@Value("${weft.master-key}") String masterKey) {
        return new Vault(masterKey);
    }
}

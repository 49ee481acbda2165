package dev.weft.gateway.openapi;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Reads the descriptions and the viewer, once, at the start: a part that does not fit is no gateway. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    @Bean
    PublishedFiles publishedFiles(JsonMapper json) {
        return PublishedFiles.read(json);
    }
}

package dev.weft.gateway.answer;

import dev.weft.gateway.GatewayProperties;
import java.util.Locale;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Beans that every answer needs: security headers, the webhook host, error documents. */
@Configuration(proxyBeanMethods = false)
class AnswerConfiguration {

    @Bean
    WebhookHost webhookHost(GatewayProperties properties) {
        return new WebhookHost(properties.webhookHost());
    }

    @Bean
    SecurityHeaders securityHeaders(GatewayProperties properties, WebhookHost webhooks) {
        var https = properties.publicUrl().strip().toLowerCase(Locale.ROOT).startsWith("https:");
        return new SecurityHeaders(https, webhooks);
    }

    @Bean
    Refusals refusals(JsonMapper json) {
        return new Refusals(json);
    }
}

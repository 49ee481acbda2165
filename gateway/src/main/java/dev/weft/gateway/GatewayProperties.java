package dev.weft.gateway;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the gateway.
 *
 * @param keycloakUrl     Keycloak with its path, {@code http://localhost:8180/auth}
 * @param ratePerMinute   requests per minute and API key; 0: no limit
 * @param messagePassword with {@code messageIv} (16 characters) the key of flow messages
 */
@Validated
@ConfigurationProperties("weft.gateway")
public record GatewayProperties(
        String keycloakUrl, @Min(0) int ratePerMinute, String messagePassword, String messageIv) {}

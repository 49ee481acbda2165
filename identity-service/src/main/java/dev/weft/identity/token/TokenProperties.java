package dev.weft.identity.token;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of internal tokens.
 *
 * @param serviceSecret what services send to get a token, the same for all services of an installation
 *                      (WEFT_SERVICE_SECRET)
 */
@Validated
@ConfigurationProperties("weft")
record TokenProperties(
        @NotBlank(message = "WEFT_SERVICE_SECRET must be set")
        String serviceSecret) {}

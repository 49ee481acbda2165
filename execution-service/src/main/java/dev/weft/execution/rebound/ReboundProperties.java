package dev.weft.execution.rebound;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The platform's series of waits: {@code first}, doubled each time, never above {@code longest}.
 *
 * @param limit a message that has waited so often is an error record at its next wish
 */
@ConfigurationProperties("weft.rebound")
public record ReboundProperties(
        @DefaultValue("15s") Duration first,
        @DefaultValue("10m") Duration longest,
        @DefaultValue("10") int limit) {}

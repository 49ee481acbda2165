package dev.weft.gateway;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the gateway.
 *
 * @param keycloakUrl        Keycloak with its path, {@code http://localhost:8180/auth}
 * @param ratePerMinute      requests per minute and API key; 0: no limit
 * @param backlogPerFlow     number of unfinished messages above which a flow accepts no calls; 0: no limit
 * @param backlogPerContract the same for all flows of a contract together
 * @param backlogBytesPerContract how much the messages of a contract may weigh that wait in all its queues together,
 *                           about; above it its flows accept no calls; 0: no limit
 * @param bodyBudget         bytes of memory for request bodies, all together; 0: an eighth of the heap
 * @param slowest            how long a request's head, or its body, may take to arrive
 * @param connectionsPerAddress connections that one client address may have; 0: no limit
 * @param trustedProxies     networks of proxies whose X-Forwarded-For is believed; empty: none
 * @param publicUrl          where users reach the gateway
 * @param webhookHost        where webhooks are called when they have a host name of their own; empty: they have none
 * @param messagePassword    with {@code messageIv} (16 characters) the key of flow messages
 */
@Validated
@ConfigurationProperties("weft.gateway")
public record GatewayProperties(
        String keycloakUrl,
        @Min(0) int ratePerMinute,
        @Min(0) int backlogPerFlow,
        @Min(0) int backlogPerContract,
        DataSize backlogBytesPerContract,
        DataSize bodyBudget,
        Duration slowest,
        @Min(0) int connectionsPerAddress,
        String trustedProxies,
        String publicUrl,
        String webhookHost,
        String messagePassword,
        String messageIv) {}

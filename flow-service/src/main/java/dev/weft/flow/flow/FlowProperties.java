package dev.weft.flow.flow;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of flows.
 *
 * @param pollingInterval between two polls of a flow that has no cron
 * @param keepDeleted     how long a deleted flow is kept
 */
@ConfigurationProperties("weft.flow")
public record FlowProperties(Duration pollingInterval, Duration keepDeleted) {}

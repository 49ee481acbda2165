package dev.weft.flow.flow;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of flows.
 *
 * @param pollingInterval   between two polls of a flow that has no cron
 * @param queuesPerContract limit of queues that the flows of one contract have together; a flow's count until it has
 *                          stopped (api-v2 12)
 */
@ConfigurationProperties("weft.flow")
public record FlowProperties(
        Duration pollingInterval, @DefaultValue("2000") long queuesPerContract) {}

package dev.weft.flow.lifecycle;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param pollingInterval between two polls of a flow that has no cron */
@ConfigurationProperties("weft.flow")
record PollingProperties(Duration pollingInterval) {}

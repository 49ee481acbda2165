package dev.weft.execution.schedule;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param pollingInterval between firings of polling flows that name neither a cron nor an interval (api-v2 9.5) */
@ConfigurationProperties("weft.clock")
record ClockProperties(Duration pollingInterval) {}

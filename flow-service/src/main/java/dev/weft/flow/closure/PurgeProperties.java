package dev.weft.flow.closure;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param keepDeleted how long a deleted flow is kept */
@ConfigurationProperties("weft.flow")
record PurgeProperties(Duration keepDeleted) {}

package dev.weft.execution.retention;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How many of its newest entries are kept of one flow; older ones than the time limit go as well (30 days, log lines
 * 14).
 */
@ConfigurationProperties("weft.retention")
public record RetentionProperties(long executionsPerFlow, long logLinesPerFlow) {

    public RetentionProperties {
        if (executionsPerFlow < 1 || logLinesPerFlow < 1) {
            throw new IllegalArgumentException("weft.retention: at least one of each flow is kept.");
        }
    }
}

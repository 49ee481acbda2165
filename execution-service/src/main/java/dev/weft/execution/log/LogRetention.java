package dev.weft.execution.log;

import static java.time.Duration.ofMinutes;

import dev.weft.common.duty.Duty;
import dev.weft.execution.retention.RetentionProperties;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Service;

/** Removes log lines after 14 days (api-v2 11.1) and beyond a number for each flow; one replica at a time sweeps. */
@Service
class LogRetention {

    private static final Duration KEPT = Duration.ofDays(14);

    private final MongoFlowLog log;
    private final RetentionProperties retention;
    private final Clock clock;

    LogRetention(MongoFlowLog log, RetentionProperties retention, Clock clock) {
        this.log = log;
        this.retention = retention;
        this.clock = clock;
    }

    @Bean
    Duty logRetentionDuty() {
        return Duty.ofService("log-retention", ofMinutes(15), this::sweep)
                .first(ofMinutes(2))
                .within(ofMinutes(10));
    }

    void sweep() {
        log.keep(Date.from(clock.instant().minus(KEPT)), retention.logLinesPerFlow());
    }
}

package dev.weft.execution.log;

import dev.weft.common.id.Ids;
import dev.weft.common.mongo.Leases;
import dev.weft.execution.retention.RetentionProperties;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/** Keeps log lines 14 days (api-v2 11.1) and a bounded number of each flow; one replica at a time sweeps. */
@Service
class LogRetention {

    private static final Duration KEPT = Duration.ofDays(14);

    private final MongoFlowLog log;
    private final RetentionProperties retention;
    private final Leases leases;
    private final Clock clock;
    private final String holder;

    LogRetention(MongoFlowLog log, RetentionProperties retention, Leases leases, Clock clock, Ids ids) {
        this.log = log;
        this.retention = retention;
        this.leases = leases;
        this.clock = clock;
        this.holder = ids.nextHex32();
    }

    @Scheduled(fixedDelay = 15, initialDelay = 2, timeUnit = TimeUnit.MINUTES)
    void sweep() {
        if (leases.hold("log-retention", holder, Duration.ofMinutes(10))) {
            log.keep(Date.from(clock.instant().minus(KEPT)), retention.logLinesPerFlow());
        }
    }
}

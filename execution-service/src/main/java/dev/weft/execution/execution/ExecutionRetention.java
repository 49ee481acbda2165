package dev.weft.execution.execution;

import dev.weft.common.id.Ids;
import dev.weft.common.mongo.Leases;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/** Keeps executions 30 days and inputs of errors 5, at most 1,000 a flow (api-v2 11.6); one replica at a time sweeps. */
@Service
class ExecutionRetention {

    private static final Duration EXECUTIONS = Duration.ofDays(30);
    private static final Duration INPUTS = Duration.ofDays(5);

    private static final int ERRORS_OF_A_FLOW = 1000;

    private final MongoExecutionStore store;
    private final MongoErrorInputs inputs;
    private final Leases leases;
    private final Clock clock;
    private final String holder;

    ExecutionRetention(MongoExecutionStore store, MongoErrorInputs inputs, Leases leases, Clock clock, Ids ids) {
        this.store = store;
        this.inputs = inputs;
        this.leases = leases;
        this.clock = clock;
        this.holder = ids.nextHex32();
    }

    @Scheduled(fixedDelay = 15, initialDelay = 1, timeUnit = java.util.concurrent.TimeUnit.MINUTES)
    void sweep() {
        if (leases.hold("execution-retention", holder, Duration.ofMinutes(10))) {
            var now = clock.instant();
            inputs.keepNewest(ERRORS_OF_A_FLOW);
            inputs.expire(Date.from(now.minus(INPUTS)));
            store.expire(Date.from(now.minus(EXECUTIONS)));
        }
    }
}

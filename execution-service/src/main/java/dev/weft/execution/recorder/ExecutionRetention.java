package dev.weft.execution.recorder;

import static java.time.Duration.ofMinutes;

import dev.weft.common.duty.Duty;
import dev.weft.execution.attachment.Attachments;
import dev.weft.execution.errorinbox.MongoErrorInputs;
import dev.weft.execution.execution.MongoExecutionStore;
import dev.weft.execution.retention.RetentionProperties;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Service;

/**
 * Removes old executions: after 30 days, and beyond a number for each flow; error records beyond the newest 1,000 of a
 * flow; inputs of errors and files of calls after 5 days (api-v2 11.6). One replica at a time sweeps.
 */
@Service
public class ExecutionRetention {

    private static final Duration EXECUTIONS = Duration.ofDays(30);
    private static final Duration INPUTS = Duration.ofDays(5);

    private static final int ERRORS_OF_A_FLOW = 1000;

    private final MongoExecutionStore store;
    private final MongoErrorInputs inputs;
    private final Attachments attachments;
    private final RetentionProperties retention;
    private final Clock clock;

    public ExecutionRetention(
            MongoExecutionStore store,
            MongoErrorInputs inputs,
            Attachments attachments,
            RetentionProperties retention,
            Clock clock) {
        this.store = store;
        this.inputs = inputs;
        this.attachments = attachments;
        this.retention = retention;
        this.clock = clock;
    }

    @Bean
    Duty executionRetentionDuty() {
        return Duty.ofService("execution-retention", ofMinutes(15), this::sweep)
                .first(ofMinutes(1))
                .within(ofMinutes(10));
    }

    public void sweep() {
        var now = clock.instant();
        var oldest = Date.from(now.minus(EXECUTIONS));
        inputs.expireInputs(Date.from(now.minus(INPUTS)));
        store.keep(oldest, retention.executionsPerFlow());
        inputs.keep(oldest, ERRORS_OF_A_FLOW, this::forget);
        attachments.keep(Date.from(now.minus(INPUTS)));
    }

    /** What is no longer kept of a flow's errors is not shown by its executions either. */
    private void forget(Map<String, List<String>> errorsByExecution) {
        store.change(
                errorsByExecution.keySet(),
                execution -> execution.forget(errorsByExecution.getOrDefault(execution.id(), List.of())));
    }
}

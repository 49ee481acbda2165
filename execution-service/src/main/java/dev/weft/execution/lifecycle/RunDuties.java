package dev.weft.execution.lifecycle;

import dev.weft.common.duty.Duty;
import dev.weft.execution.metrics.EngineMetrics;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The recurring work on deployments, and which of it one replica at a time does. */
@Configuration(proxyBeanMethods = false)
class RunDuties {

    /** By each replica for its own workers. */
    @Bean
    Duty runKeeping(RunKeeper keeper) {
        return Duty.ofProcess("run-keeper", Duration.ofMillis(500), keeper::keepAll)
                .first(Duration.ofMillis(200));
    }

    @Bean
    Duty flowSweep(FlowSweeper sweeper) {
        return Duty.ofService("flow-sweeper", Duration.ofSeconds(3), sweeper::sweep)
                .first(Duration.ofSeconds(2));
    }

    @Bean
    Duty flowStragglers(FlowSweeper sweeper) {
        return Duty.ofService("flow-stragglers", Duration.ofSeconds(15), sweeper::cancelStragglers)
                .within(Duration.ofMinutes(5));
    }

    @Bean
    Duty drainedRuns(FlowSweeper sweeper, EngineMetrics metrics) {
        metrics.drainingRuns(sweeper::draining);
        return Duty.ofService("flow-drain", Duration.ofSeconds(15), sweeper::endDrainedRuns)
                .within(Duration.ofMinutes(5));
    }
}

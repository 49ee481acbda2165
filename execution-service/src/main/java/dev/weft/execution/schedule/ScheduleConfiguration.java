package dev.weft.execution.schedule;

import dev.weft.common.duty.Duty;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The duty that looks for due flows, in one replica at a time. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ClockProperties.class)
class ScheduleConfiguration {

    @Bean
    Duty flowClockTicks(FlowScheduler scheduler) {
        return Duty.ofService("flow-clock", Duration.ofMillis(500), scheduler::tick)
                .first(Duration.ofSeconds(3))
                .leasedFor(Duration.ofSeconds(5));
    }
}

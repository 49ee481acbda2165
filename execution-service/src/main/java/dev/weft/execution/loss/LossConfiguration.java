package dev.weft.execution.loss;

import dev.weft.common.duty.Duty;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The duties that look for lost queues and lost executions. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LossProperties.class)
class LossConfiguration {

    /** By each replica for what it takes from. */
    @Bean
    Duty declaringLostQueues(LostQueues lost) {
        return Duty.ofProcess("lost-queues", Duration.ofSeconds(2), lost::declareAgain);
    }

    @Bean
    Duty endingLostExecutions(LostExecutions lost) {
        return Duty.ofService("lost-executions", Duration.ofSeconds(15), lost::look)
                .within(Duration.ofMinutes(5));
    }
}

package dev.weft.execution.retry;

import dev.weft.common.duty.Duty;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is done again and again for retries. */
@Configuration(proxyBeanMethods = false)
class RetryDuties {

    /** Each replica asks; one of them has the lease. */
    @Bean
    Duty sendingLateRetries(RetrySender sender) {
        return Duty.ofProcess("late-retries", Duration.ofSeconds(5), sender::sweep);
    }
}

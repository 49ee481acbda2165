package dev.weft.execution.errorinbox;

import dev.weft.common.duty.Duty;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The recurring work for retries. */
@Configuration(proxyBeanMethods = false)
class RetryDuties {

    @Bean
    Duty sendingLateRetries(RetrySender sender) {
        // While the broker is away, each message waits for a confirm that does not come.
        return Duty.ofService("late-retries", Duration.ofSeconds(5), sender::sweep)
                .within(Duration.ofMinutes(5));
    }
}

package dev.weft.execution.errorinbox;

import dev.weft.common.duty.Duty;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is done again and again for retries. */
@Configuration(proxyBeanMethods = false)
class RetryDuties {

    @Bean
    Duty sendingLateRetries(RetrySender sender) {
        // A broker that is away lets each message wait for its confirm.
        return Duty.ofService("late-retries", Duration.ofSeconds(5), sender::sweep)
                .within(Duration.ofMinutes(5));
    }
}

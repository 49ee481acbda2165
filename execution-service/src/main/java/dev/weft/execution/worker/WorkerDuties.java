package dev.weft.execution.worker;

import dev.weft.common.duty.Duty;
import dev.weft.execution.failure.Suspects;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The recurring work on messages and queues, and which of it one replica at a time does. */
@Configuration(proxyBeanMethods = false)
class WorkerDuties {

    @Bean
    Duty placingConsumers(Workers workers) {
        return Duty.ofProcess("step-replicas", Duration.ofSeconds(5), workers::placeConsumers);
    }

    @Bean
    Duty balancing(Balance balance) {
        return Duty.ofProcess("queue-balance", Duration.ofSeconds(2), balance::look);
    }

    @Bean
    Duty watchingBacklogs(BacklogWatch watch) {
        return Duty.ofProcess("backlog-watch", Duration.ofMillis(500), watch::look)
                .first(Duration.ofSeconds(1));
    }

    @Bean
    Duty forgettingSuspects(Suspects suspects) {
        return Duty.ofService("old-suspects", Duration.ofHours(1), suspects::forgetOld);
    }
}

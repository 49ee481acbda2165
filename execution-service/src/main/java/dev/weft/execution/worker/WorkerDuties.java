package dev.weft.execution.worker;

import dev.weft.common.broker.ContractBacklogs;
import dev.weft.common.duty.Duty;
import dev.weft.common.event.Fact;
import dev.weft.common.id.Ids;
import dev.weft.common.messaging.InstanceQueue;
import dev.weft.common.messaging.InstanceSubscription;
import dev.weft.execution.budget.BacklogProperties;
import dev.weft.execution.budget.BacklogRoom;
import dev.weft.execution.failure.Suspects;
import dev.weft.execution.metrics.EngineMetrics;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The recurring work on messages and queues, and which of it one replica at a time does; and what bounds their bytes. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BacklogProperties.class)
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
    BacklogRoom contractRoom(BacklogProperties settings, Ids ids, Clock clock, EngineMetrics metrics) {
        return new BacklogRoom(settings, ids, clock, metrics);
    }

    /** What was missed is told again within half a second, and counts for nothing after five. */
    @Bean
    InstanceSubscription contractBacklogs(InstanceQueue queue, BacklogRoom room) {
        return queue.subscribe(
                fact -> room.hear(fact.subjectId(), ContractBacklogs.Word.read(fact.payload())),
                () -> {},
                Fact.CONTRACT_BACKLOG);
    }

    @Bean
    Duty forgettingSuspects(Suspects suspects) {
        return Duty.ofService("old-suspects", Duration.ofHours(1), suspects::forgetOld);
    }
}

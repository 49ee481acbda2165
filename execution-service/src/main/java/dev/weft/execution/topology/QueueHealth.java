package dev.weft.execution.topology;

import dev.weft.common.duty.Duty;
import dev.weft.execution.metrics.EngineMetrics;
import dev.weft.execution.queue.QueueConsumers;
import dev.weft.execution.queue.QueueTrouble;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Down while the broker keeps flows from working: it is away, it can not make a working queue, or it lets a flow's
 * queue not be consumed. Open connections do not prove the opposite.
 */
@Configuration
class QueueHealth {

    /** Shorter troubles are those of a queue that is just being declared or deleted. */
    private static final Duration TROUBLE = Duration.ofSeconds(20);

    private static final int SHOWN = 5;

    private final QueueConsumers consumers;
    private final FlowTopology topology;
    private final QueueProbe probe;
    private final Duration patience;

    @Autowired
    QueueHealth(QueueConsumers consumers, FlowTopology topology, QueueProbe probe, EngineMetrics metrics) {
        this(consumers, topology, probe, metrics, TROUBLE);
    }

    QueueHealth(
            QueueConsumers consumers,
            FlowTopology topology,
            QueueProbe probe,
            EngineMetrics metrics,
            Duration patience) {
        this.consumers = consumers;
        this.topology = topology;
        this.probe = probe;
        this.patience = patience;
        metrics.troubledQueues(() -> lasting().size());
    }

    private List<QueueTrouble> lasting() {
        return consumers.troubles().stream()
                .filter(trouble -> trouble.lasts(patience))
                .toList();
    }

    /** Tried when there is a doubt, and again until it goes well. */
    @Bean
    Duty queueProbing() {
        return Duty.ofProcess("queue-probe", Duration.ofSeconds(10), () -> {
            var doubt = !probe.isTried()
                    || probe.hasFailed()
                    || topology.hasFailedLately()
                    || !consumers.troubles().isEmpty();
            if (doubt && topology.isConnected()) {
                probe.tryOut();
            }
        });
    }

    @Bean
    HealthIndicator queuesHealthIndicator() {
        return this::health;
    }

    private Health health() {
        var troubles = lasting();
        var failed = probe.trouble();
        if (!topology.isConnected() || !consumers.isConnected()) {
            return Health.down()
                    .withDetail("reason", "There is no connection to the broker.")
                    .build();
        }
        if (failed.isPresent()) {
            return Health.down().withDetail("reason", failed.get()).build();
        }
        if (!troubles.isEmpty()) {
            var health = Health.down()
                    .withDetail("reason", "Queues can not be taken from.")
                    .withDetail("count", troubles.size());
            troubles.stream().limit(SHOWN).forEach(trouble -> health.withDetail(trouble.queue(), trouble.reason()));
            return health.build();
        }
        return Health.up().build();
    }
}

package dev.weft.common.duty;

import dev.weft.common.id.Ids;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoTemplate;

/** Starts the duties, with leases in a service that has a store, and reports overdue ones to health. */
@AutoConfiguration(afterName = "org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration")
class DutyConfiguration {

    /** A class of its own, so that a service without MongoDB never loads classes that need it. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(MongoTemplate.class)
    static class Leasing {

        @Bean
        LeaseRepository leaseRepository(MongoTemplate mongo, Clock clock) {
            return new MongoLeaseRepository(mongo, clock);
        }

        @Bean
        LeasedWork leasedWork(LeaseRepository leases, Ids ids) {
            return new LeasedWork(leases, ids);
        }
    }

    @Bean
    Duties duties(
            ObjectProvider<Duty> duties,
            Optional<LeaseRepository> leases,
            Ids ids,
            Clock clock,
            ObjectProvider<MeterRegistry> meters) {
        return new Duties(
                duties.stream().toList(), leases, ids, clock, meters.getIfAvailable(SimpleMeterRegistry::new));
    }

    /** Never DOWN: a process that is taken away for it would do no duty better. */
    @Bean
    HealthIndicator dutiesHealthIndicator(Duties duties) {
        return () -> Health.up().withDetails(duties.overdue()).build();
    }
}

package dev.weft.execution.usage;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.weft.common.deletion.Deletions;
import dev.weft.common.duty.Duty;
import dev.weft.execution.deployment.Deployments;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When usages are stored, and when they go. */
@Configuration(proxyBeanMethods = false)
class UsageConfiguration {

    /** As long as the audit trail. */
    private static final int KEPT_DAYS = 400;

    @Bean
    Duty usageDuty(UsageMeter meter) {
        return Duty.ofProcess("usages", ofSeconds(5), meter::flush);
    }

    @Bean
    Duty oldUsagesDuty(MongoUsages usages, Clock clock) {
        return Duty.ofService(
                        "old-usages",
                        ofHours(6),
                        () -> usages.removeBefore(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
                                .minusDays(KEPT_DAYS)))
                .first(ofMinutes(10));
    }

    @Bean
    UsageOwners usageOwners(Deployments runs, Deletions deletions) {
        return new UsageOwners(runs, deletions::hasBegun);
    }
}

package dev.weft.execution.usage;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.weft.common.duty.Duty;
import dev.weft.common.event.Fact;
import dev.weft.common.event.FactHandler;
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

    /** Longer than the flows of a deleted workspace can be at work. */
    private static final int MARKED_DAYS = 2;

    @Bean
    Duty usageDuty(UsageMeter meter) {
        return Duty.ofProcess("usages", ofSeconds(5), meter::flush);
    }

    @Bean
    Duty oldUsagesDuty(MongoUsages usages, Clock clock) {
        return Duty.ofService(
                        "old-usages",
                        ofHours(6),
                        () -> usages.sweep(
                                today(clock).minusDays(KEPT_DAYS), today(clock).minusDays(MARKED_DAYS)))
                .first(ofMinutes(10));
    }

    @Bean
    FactHandler usagesOfDeletedWorkspaces(MongoUsages usages, Clock clock) {
        return new FactHandler(
                Fact.WORKSPACE_DELETING, workspace -> usages.close(workspace.subjectId(), today(clock)));
    }

    private static LocalDate today(Clock clock) {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}

package dev.weft.identity.audit;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;

import dev.weft.common.duty.Duty;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Service;

/** Removes old entries; one replica at a time sweeps. */
@Service
class AuditRetention {

    private final AuditRepository trail;
    private final AuditProperties properties;
    private final Clock clock;

    AuditRetention(AuditRepository trail, AuditProperties properties, Clock clock) {
        this.trail = trail;
        this.properties = properties;
        this.clock = clock;
    }

    @Bean
    Duty auditRetentionDuty() {
        return Duty.ofService("audit-retention", ofHours(1), this::sweep)
                .first(ofMinutes(3))
                .within(ofMinutes(10));
    }

    void sweep() {
        trail.removeBefore(clock.instant().minus(properties.retention()));
    }
}

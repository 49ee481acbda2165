package dev.weft.identity.tenantend;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.weft.common.duty.Duty;
import dev.weft.common.problem.ProblemException;
import dev.weft.identity.tenantrecord.Tenant;
import dev.weft.identity.tenantrecord.TenantRepository;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Service;

/** Finishes deletions of tenants that a crash interrupted, that wait for the directory, or have many users. */
@Service
class UnfinishedTenants {

    private static final Logger log = LoggerFactory.getLogger(UnfinishedTenants.class);

    private final TenantRepository tenants;
    private final TenantEnding ending;
    private final Clock clock;

    UnfinishedTenants(TenantRepository tenants, TenantEnding ending, Clock clock) {
        this.tenants = tenants;
        this.ending = ending;
        this.clock = clock;
    }

    @Bean
    Duty unfinishedTenantsDuty() {
        return Duty.ofService("unfinished-tenants", ofSeconds(10), this::sweep).within(ofMinutes(5));
    }

    void sweep() {
        // Not those of this moment, whose request is still at it.
        tenants.underDeletion(clock.instant().minusSeconds(5)).forEach(this::attempt);
    }

    private void attempt(Tenant tenant) {
        try {
            ending.finish(tenant);
        } catch (ProblemException e) {
            log.debug("Tenant {} waits: {}", tenant.id(), e.getMessage());
        }
    }
}

package dev.weft.workspace.home;

import dev.weft.common.problem.ProblemException;
import feign.FeignException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * Opens the homes of tenants that were made before this service first listened: identity-service starts earlier and makes
 * the first tenant at once, when no queue takes the fact yet. Asks until it was answered, then every few minutes.
 */
@Service
final class TenantCatchUp {

    private static final Logger log = LoggerFactory.getLogger(TenantCatchUp.class);
    private static final Duration PAUSE = Duration.ofMinutes(5);

    private final KnownTenants tenants;
    private final TenantHomes homes;
    private final Clock clock;
    private volatile Instant next = Instant.MIN;

    TenantCatchUp(KnownTenants tenants, TenantHomes homes, Clock clock) {
        this.tenants = tenants;
        this.homes = homes;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 1000)
    void run() {
        if (clock.instant().isBefore(next)) {
            return;
        }
        try {
            tenants.list().forEach(tenant -> homes.open(tenant.id(), tenant.adminUserId()));
            next = clock.instant().plus(PAUSE);
        } catch (ProblemException | FeignException e) {
            log.debug("The tenants are asked for again: {}", e.toString());
        }
    }
}

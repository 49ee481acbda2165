package dev.weft.identity.policy;

import dev.weft.common.access.Caller;
import dev.weft.common.access.Permission;
import dev.weft.common.id.Ids;
import dev.weft.identity.policyrecord.PolicyEvents;
import dev.weft.identity.policyrecord.PolicyRepository;
import dev.weft.identity.policyrecord.RoleKey;
import dev.weft.identity.policyrecord.TenantPolicy;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * How a policy is replaced (api-v2 4.2). Roles that the new one lacks are retired first: workspace-service gives them to
 * nobody from then on, and says whether somebody has them. So no role goes that is in use, and none comes into use while
 * it goes.
 */
@Service
class PolicyChangeService {

    private static final Logger log = LoggerFactory.getLogger(PolicyChangeService.class);
    private static final int ATTEMPTS = 30;
    /** Shorter than a retirement holds by itself: what is decided on one that may have ended is not stored. */
    private static final Duration DECIDED_WITHIN = Duration.ofSeconds(30);

    private final PolicyRepository policies;
    private final PolicyService reads;
    private final PolicyEvents events;
    private final RoleRetirements retirements;
    private final Ids ids;
    private final Clock clock;

    PolicyChangeService(
            PolicyRepository policies,
            PolicyService reads,
            PolicyEvents events,
            RoleRetirements retirements,
            Ids ids,
            Clock clock) {
        this.policies = policies;
        this.reads = reads;
        this.events = events;
        this.retirements = retirements;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param document read only once the caller may change the policy; empty when it changes nothing */
    TenantPolicy change(Caller caller, String tenantId, Supplier<Optional<PolicyWish>> document) {
        var present = reads.visible(caller, tenantId, Permission.TENANTS_TENANT_EDIT_ROLES);
        var wish = document.get().orElse(null);
        if (wish == null) {
            return present;
        }
        wish.requirePredefinedAsTheyAre();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            // Read anew at each attempt: which roles go depends on those that are there.
            var before = reads.known(caller, tenantId);
            var after = before.with(wish.roles());
            var lost = before.lostIn(after);
            if (lost.isEmpty() ? store(caller, after, lost, null) : storeWithout(caller, after, lost)) {
                log.info(
                        "Tenant {} has {} roles, says {}",
                        tenantId,
                        after.roles().size(),
                        caller.id());
                return after;
            }
        }
        throw PolicyProblem.changedByMany().exception();
    }

    private boolean storeWithout(Caller caller, TenantPolicy after, Set<RoleKey> lost) {
        var asked = clock.instant();
        var token = ids.next();
        var used = retirements.begin(after.tenantId(), token, lost);
        if (!used.isEmpty()) {
            throw PolicyProblem.inUse(used).exception();
        }
        if (clock.instant().isAfter(asked.plus(DECIDED_WITHIN))) {
            retirements.end(after.tenantId(), token);
            throw PolicyProblem.tooSlow().exception();
        }
        var stored = store(caller, after, lost, token);
        if (!stored) {
            // Not after a failure of the store, which may have kept what it could not confirm: then the retirement runs
            // out, and workspace-service asks what has become of the roles.
            retirements.end(after.tenantId(), token);
        }
        return stored;
    }

    private boolean store(Caller caller, TenantPolicy after, Set<RoleKey> lost, @Nullable String token) {
        var stored = policies.save(after, events.changed(after, lost, token, caller.id()));
        // Asked after the policy is stored: either this finds that the tenant goes, or its end finds the policy.
        if (stored && !reads.hasTenant(after.tenantId())) {
            policies.remove(after.tenantId());
            throw PolicyProblem.unknownTenant(after.tenantId()).exception();
        }
        return stored;
    }
}

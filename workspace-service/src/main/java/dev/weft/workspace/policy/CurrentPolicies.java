package dev.weft.workspace.policy;

import dev.weft.common.problem.ProblemException;
import dev.weft.workspace.permission.AccessAnnouncements;
import dev.weft.workspace.permission.RoleName;
import dev.weft.workspace.permission.TenantRoles;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * The policy of a tenant as this service knows it: its copy, which the fact {@code role.changed} keeps new, and which is
 * fetched when there is none.
 */
@Service
public class CurrentPolicies {

    private static final Logger log = LoggerFactory.getLogger(CurrentPolicies.class);
    /** A later release of identity-service may give predefined roles more; of that no fact is told. */
    private static final Duration FRESH = Duration.ofHours(1);

    private final PolicyCopies copies;
    private final PolicySource source;
    private final RoleMarks marks;
    private final AccessAnnouncements announcements;
    private final Clock clock;

    CurrentPolicies(
            PolicyCopies copies, PolicySource source, RoleMarks marks, AccessAnnouncements announcements, Clock clock) {
        this.copies = copies;
        this.source = source;
        this.marks = marks;
        this.announcements = announcements;
        this.clock = clock;
    }

    /** Those of a tenant that is gone are none. Refused with {@code unavailable} without a copy and identity-service. */
    TenantRoles get(String tenantId) {
        var copy = copies.find(tenantId).orElse(null);
        if (copy != null && copy.fetchedAt().plus(FRESH).isAfter(clock.instant())) {
            return copy.read();
        }
        try {
            return refresh(tenantId).map(PolicyCopy::read).orElseGet(TenantRoles::none);
        } catch (ProblemException e) {
            if (copy == null) {
                throw e;
            }
            log.info("The policy of tenant {} is used as it was at {}: {}", tenantId, copy.fetchedAt(), e.getMessage());
            return copy.read();
        }
    }

    /**
     * Makes sure that there is a copy which is not older than {@code revision}. False when the tenant is gone; refused with
     * {@code unavailable} when that can not be told.
     */
    public boolean ensure(String tenantId, long revision) {
        var copy = copies.find(tenantId);
        return copy.filter(kept -> kept.revision() >= revision).isPresent()
                || refresh(tenantId).isPresent();
    }

    /** Those of the roles that are not in the policy, as it is by that revision or a later one. */
    public Set<RoleName> missing(String tenantId, long revision, Collection<RoleName> roles) {
        if (roles.isEmpty()) {
            return Set.of();
        }
        var there = ensure(tenantId, revision)
                ? copies.find(tenantId).map(PolicyCopy::names).orElse(Set.of())
                : Set.<RoleName>of();
        return roles.stream().filter(role -> !there.contains(role)).collect(Collectors.toSet());
    }

    /** Fetches it. What had been retired for its whole term by then is in use again, or is gone. */
    Optional<PolicyCopy> refresh(String tenantId) {
        var asked = clock.instant();
        var fetched = source.fetch(tenantId);
        var kept =
                fetched.map(policy -> copies.keep(policy, edition -> announcements.policyChanged(tenantId, edition)));
        kept.ifPresentOrElse(_ -> marks.endRetirements(tenantId, asked), () -> copies.remove(tenantId));
        return kept;
    }

    /** The policy has been changed; roles that were retired for it can be given again, if they are there. */
    void changed(String tenantId, long revision, Optional<String> retirement) {
        if (ensure(tenantId, revision)) {
            retirement.ifPresent(token -> marks.endRetirement(tenantId, token));
        }
    }

    /** The tenant is gone. */
    public void forget(String tenantId) {
        copies.remove(tenantId);
    }
}

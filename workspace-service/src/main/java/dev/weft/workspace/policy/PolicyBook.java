package dev.weft.workspace.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.weft.common.access.Heartbeat;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.messaging.InstanceQueue;
import dev.weft.common.messaging.InstanceSubscription;
import dev.weft.workspace.permission.RoleBook;
import dev.weft.workspace.permission.TenantRoles;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Service;

/**
 * The roles of tenants, remembered as long as this process surely hears of changes: so a permission check reads nothing
 * for them. What is remembered counts only if it was asked for after the last announcement: a copy is stored before it is
 * announced.
 */
@Service
final class PolicyBook implements RoleBook {

    private static final long HEAVIEST = 1_000_000;
    private static final int ROLE = 5;
    private static final int PLACES = 4096;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** @param asked the number of the question that it answers */
    private record Held(TenantRoles roles, long asked) {}

    private final Cache<String, Held> held = Caffeine.newBuilder()
            .maximumWeight(HEAVIEST)
            .<String, Held>weigher((_, found) -> found.roles().roles().stream()
                    .mapToInt(role -> ROLE + role.permissions().size())
                    .sum())
            .expireAfterWrite(LONGEST)
            .executor(Runnable::run)
            .build();

    /**
     * When a policy of the tenant, or of another in the same place, was announced last. A map would have to keep each
     * tenant, since without its entry what was asked for before would count again.
     */
    private final AtomicLongArray announced = new AtomicLongArray(PLACES);

    private final AtomicLong questions = new AtomicLong();
    /** What was asked for before does not count: announcements may have been missed. */
    private final AtomicLong floor = new AtomicLong();

    private final CurrentPolicies policies;
    private final Heartbeat heartbeat;

    PolicyBook(CurrentPolicies policies, Clock clock) {
        this.policies = policies;
        this.heartbeat = new Heartbeat(clock, this::forget);
    }

    @Bean
    InstanceSubscription policyAnnouncements(InstanceQueue queue) {
        return queue.subscribe(this::heard, heartbeat::lost, Fact.ACCESS_HEARTBEAT, Fact.ACCESS_CHANGED);
    }

    @Override
    public TenantRoles of(String tenantId) {
        var found = held.getIfPresent(tenantId);
        if (found != null && heartbeat.isHeard() && counts(tenantId, found.asked())) {
            return found.roles();
        }
        var asked = questions.incrementAndGet();
        var roles = policies.get(tenantId);
        held.put(tenantId, new Held(roles, asked));
        return roles;
    }

    private boolean counts(String tenantId, long asked) {
        return asked > floor.get() && asked > announced.get(place(tenantId));
    }

    private static int place(String tenantId) {
        return Math.floorMod(tenantId.hashCode(), PLACES);
    }

    private void forget() {
        // The floor first: what is being asked for is remembered only after the others are gone.
        floor.set(questions.incrementAndGet());
        held.invalidateAll();
    }

    /** A membership is announced by the same fact, of no version, and changes no role. */
    void heard(DomainEvent event) {
        if (!event.type().equals(Fact.ACCESS_CHANGED.wire())) {
            heartbeat.heard();
        } else if (event.version() > 0) {
            announced.accumulateAndGet(place(event.subjectId()), questions.incrementAndGet(), Math::max);
            held.invalidate(event.subjectId());
        }
    }
}

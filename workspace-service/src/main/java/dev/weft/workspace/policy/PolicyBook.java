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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Service;

/**
 * The roles of tenants, remembered as long as this process surely hears of changes: so a permission check reads nothing
 * for them. What is remembered counts only while it is not older than the newest revision that was announced.
 */
@Service
final class PolicyBook implements RoleBook {

    private static final long HEAVIEST = 1_000_000;
    private static final int ROLE = 5;
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

    private final ConcurrentHashMap<String, Long> announced = new ConcurrentHashMap<>();
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
        if (found != null && heartbeat.isHeard() && counts(tenantId, found)) {
            return found.roles();
        }
        var asked = questions.incrementAndGet();
        var roles = policies.get(tenantId);
        held.put(tenantId, new Held(roles, asked));
        return roles;
    }

    private boolean counts(String tenantId, Held found) {
        return found.asked() > floor.get() && found.roles().revision() >= announced.getOrDefault(tenantId, 0L);
    }

    private void forget() {
        // The floor first: what is being asked for is remembered only after the others are gone.
        floor.set(questions.incrementAndGet());
        held.invalidateAll();
    }

    /** A membership is announced by the same fact, of no version, and changes no role. */
    private void heard(DomainEvent event) {
        if (!event.type().equals(Fact.ACCESS_CHANGED.wire())) {
            heartbeat.heard();
        } else if (event.version() > 0) {
            announced.merge(event.subjectId(), event.version(), Math::max);
            held.invalidate(event.subjectId());
        }
    }
}

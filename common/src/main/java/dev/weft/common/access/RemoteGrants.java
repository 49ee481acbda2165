package dev.weft.common.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.weft.common.remote.RemoteCalls;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Grants as workspace-service answers them, remembered while they are surely valid: as long as its heartbeat arrives
 * (every 2 s) and no change of the tenant was announced since they were asked for. A repeated check costs no call; a
 * withdrawn permission ends when its announcement arrives, or at the latest when heartbeats stop.
 */
public final class RemoteGrants implements GrantsSource {

    /** Permissions in all answers together; an answer itself weighs as much as ten. */
    private static final long HEAVIEST = 1_000_000;

    private static final int ANSWER = 10;
    private static final int PLACES = 4096;
    private static final Duration POLICY_NEWS = Duration.ofMinutes(10);

    /** The key of a remembered answer; the caller's tenant roles are part of it, since they decide too. */
    private record Key(String callerId, List<String> tenantRoles, Scope scope) {}

    private record Answer(Grants grants, long epoch) {}

    private final AccessApi api;
    private final RemoteCalls calls;
    /** What is full of answers drops those that are asked for least, and never all at once: each is a call. */
    private final Cache<Key, Answer> answers = Caffeine.newBuilder()
            .maximumWeight(HEAVIEST)
            .<Key, Answer>weigher(
                    (_, answer) -> ANSWER + answer.grants().permissions().size())
            .executor(Runnable::run)
            .build();

    /**
     * When a tenant, or another in the same place, changed last. A map would have to keep each tenant that ever changed,
     * since without its epoch an older answer would hold again; to share a place costs the other a question now and then.
     */
    private final AtomicLongArray epochs = new AtomicLongArray(PLACES);

    /**
     * The newest policy announced of each tenant whose policy changed of late. By the end of that time every replica of
     * workspace-service has heard of it, so that none answers by an older one.
     */
    private final Cache<String, Long> policies = Caffeine.newBuilder()
            .maximumSize(PLACES)
            .expireAfterWrite(POLICY_NEWS)
            .executor(Runnable::run)
            .build();

    private final AtomicLong epoch = new AtomicLong();
    /** Answers to questions from before it do not hold, for any tenant: announcements may have been missed. */
    private final AtomicLong floor = new AtomicLong();

    private final Heartbeat heartbeat;

    RemoteGrants(AccessApi api, RemoteCalls calls, Clock clock) {
        this.api = api;
        this.calls = calls;
        this.heartbeat = new Heartbeat(clock, this::forget);
    }

    @Override
    public Optional<Grants> grants(Caller caller, Scope scope) {
        var key = new Key(caller.id(), caller.tenantRoles(), scope);
        var answer = answers.getIfPresent(key);
        if (answer != null && heartbeat.isHeard() && holds(answer)) {
            return Optional.of(answer.grants());
        }
        // Counted before the question: an answer that is overtaken by an announced change is then known to be older
        // than it.
        var asked = epoch.incrementAndGet();
        var grants = calls.find("workspace", () -> api.grants(caller.bearer(), scope.kind(), scope.id()));
        grants.ifPresent(found -> answers.put(key, new Answer(found, asked)));
        return grants;
    }

    private boolean holds(Answer answer) {
        var announced = policies.getIfPresent(answer.grants().tenantId());
        var policy = answer.grants().policy();
        // The policy is compared too: a replica of workspace-service that has not heard of a new one yet answers a
        // question from after the announcement by the old one.
        return answer.epoch() > floor.get()
                && answer.epoch() >= epochs.get(place(answer.grants().tenantId()))
                && (policy == null || announced == null || policy >= announced);
    }

    private static int place(String tenantId) {
        return Math.floorMod(tenantId.hashCode(), PLACES);
    }

    private void forget() {
        // The floor first: an answer under way is put among the others only after they are gone.
        floor.set(epoch.incrementAndGet());
        answers.invalidateAll();
    }

    /**
     * Something about memberships or roles of the tenant changed.
     *
     * @param policy the edition of the tenant's policy, if that is what changed; else 0
     */
    void changed(String tenantId, long policy) {
        if (policy > 0) {
            policies.asMap().merge(tenantId, policy, Math::max);
        }
        epochs.accumulateAndGet(place(tenantId), epoch.incrementAndGet(), Math::max);
    }

    void heartbeat() {
        heartbeat.heard();
    }

    /** Announcements may have been missed. */
    void forgetAll() {
        heartbeat.lost();
    }
}

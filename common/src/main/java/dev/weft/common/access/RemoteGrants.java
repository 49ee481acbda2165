package dev.weft.common.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.weft.common.remote.RemoteCalls;
import java.time.Clock;
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
        return answer.epoch() > floor.get()
                && answer.epoch() >= epochs.get(place(answer.grants().tenantId()));
    }

    private static int place(String tenantId) {
        return Math.floorMod(tenantId.hashCode(), PLACES);
    }

    private void forget() {
        // The floor first: an answer under way is put among the others only after they are gone.
        floor.set(epoch.incrementAndGet());
        answers.invalidateAll();
    }

    /** Something about memberships or roles of the tenant changed. */
    void changed(String tenantId) {
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

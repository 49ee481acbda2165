package dev.weft.common.access;

import dev.weft.common.remote.RemoteCalls;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Grants asked of workspace-service and kept while they are surely valid: as long as its heartbeat is heard (every 2 s)
 * and no change of the tenant was announced since they were asked for. So a warm check costs no call, and a withdrawn
 * permission is gone when its announcement arrives, at the latest when heartbeats stop.
 */
public final class RemoteGrants implements GrantsSource {

    private static final Duration SILENCE = Duration.ofSeconds(5);
    private static final int LARGEST = 20_000;

    /** A question: the caller's tenant roles are part of it, since they decide too. */
    private record Key(String callerId, java.util.List<String> tenantRoles, Scope scope) {}

    private record Answer(Grants grants, long epoch) {}

    private final AccessApi api;
    private final RemoteCalls calls;
    private final Clock clock;
    private final ConcurrentHashMap<Key, Answer> answers = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Long> epochs = new ConcurrentHashMap<>();
    private final AtomicLong epoch = new AtomicLong();
    private volatile Instant heard = Instant.EPOCH;

    RemoteGrants(AccessApi api, RemoteCalls calls, Clock clock) {
        this.api = api;
        this.calls = calls;
        this.clock = clock;
    }

    @Override
    public Optional<Grants> grants(Caller caller, Scope scope) {
        var key = new Key(caller.id(), caller.tenantRoles(), scope);
        var answer = answers.get(key);
        if (answer != null
                && isFresh()
                && answer.epoch() >= epochs.getOrDefault(answer.grants().tenantId(), 0L)) {
            return Optional.of(answer.grants());
        }
        var asked = epoch.incrementAndGet();
        var grants = calls.find("workspace", () -> api.grants(caller.bearer(), scope.kind(), scope.id()));
        grants.ifPresent(found -> keep(key, new Answer(found, asked)));
        return grants;
    }

    private void keep(Key key, Answer answer) {
        if (answers.size() >= LARGEST) {
            answers.clear();
        }
        answers.put(key, answer);
    }

    private boolean isFresh() {
        return heard.plus(SILENCE).isAfter(clock.instant());
    }

    /** Something about memberships or roles of the tenant changed. */
    void changed(String tenantId) {
        epochs.put(tenantId, epoch.incrementAndGet());
    }

    /** After a silence it may be heard before what was withheld meanwhile, so that older answers must not hold again. */
    void heartbeat() {
        if (!isFresh()) {
            answers.clear();
        }
        heard = clock.instant();
    }

    /** Announcements may have been missed. */
    void forgetAll() {
        heard = Instant.EPOCH;
        answers.clear();
    }
}

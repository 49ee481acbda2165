package dev.weft.identity.userrecord;

import dev.weft.common.event.Fact;
import dev.weft.common.event.Outgoing;
import dev.weft.common.outbox.Outbox;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The facts about users. */
@Service
public class UserEvents {

    private final Outbox outbox;
    private final Clock clock;

    UserEvents(Outbox outbox, Clock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    /** {@code key.changed}: the gateway forgets the user. */
    public List<Outgoing> keyChanged(User user, String actorId) {
        return List.of(keyChanged(user.tenantId(), user.id(), actorId));
    }

    /** As {@link #keyChanged(User, String)}, of who calls. */
    public Outgoing keyChanged(@Nullable String tenantId, String userId, String actorId) {
        // Version 0: receivers only forget what they remember, which may happen twice and in any order.
        return outbox.event(Fact.KEY_CHANGED, 0, new Outbox.Place(tenantId, null, null), userId, actorId, Map.of());
    }

    /** {@code key.changed}: the gateway forgets the user; {@code user.deleted}: what the user owned passes on. */
    public List<Outgoing> deleted(User user, String actorId) {
        var place = new Outbox.Place(user.tenantId(), null, null);
        return List.of(
                keyChanged(user.tenantId(), user.id(), actorId),
                // A user has no revision, so the time is the version: a deletion comes after all else.
                outbox.event(Fact.USER_DELETED, clock.millis(), place, user.id(), actorId, Map.of()));
    }
}

package dev.weft.identity.userrecord;

import dev.weft.common.event.Fact;
import dev.weft.common.event.Outgoing;
import dev.weft.common.outbox.Outbox;
import java.time.Clock;
import java.util.List;
import java.util.Map;
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
        var place = new Outbox.Place(user.tenantId(), null, null);
        return List.of(outbox.event(Fact.KEY_CHANGED, 0, place, user.id(), actorId, Map.of()));
    }

    /** {@code key.changed}: the gateway forgets the user; {@code user.deleted}: what the user owned passes on. */
    public List<Outgoing> deleted(User user, String actorId) {
        var place = new Outbox.Place(user.tenantId(), null, null);
        return List.of(
                outbox.event(Fact.KEY_CHANGED, 0, place, user.id(), actorId, Map.of()),
                // A user has no revision, so the time is the version: a deletion comes after all else.
                outbox.event(Fact.USER_DELETED, clock.millis(), place, user.id(), actorId, Map.of()));
    }
}

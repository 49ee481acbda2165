package dev.weft.identity.machinekey;

import dev.weft.common.event.Fact;
import dev.weft.common.event.Outgoing;
import dev.weft.common.outbox.Outbox;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The facts about machine keys. */
@Service
class MachineKeyFacts {

    private final Outbox outbox;

    MachineKeyFacts(Outbox outbox) {
        this.outbox = outbox;
    }

    /** {@code key.changed}: what the gateway knows of the key is old. */
    Outgoing changed(
            String accessKey, @Nullable String tenantId, @Nullable String contractId, @Nullable String actorId) {
        // Version 0: receivers only forget what they remember.
        var place = new Outbox.Place(tenantId, contractId, null);
        return outbox.event(Fact.KEY_CHANGED, 0, place, accessKey, actorId, Map.of());
    }
}

package dev.weft.workspace.permission;

import dev.weft.common.event.Fact;
import dev.weft.common.event.Outgoing;
import dev.weft.common.outbox.Outbox;
import java.util.Map;
import org.springframework.stereotype.Service;

/**
 * Tells all services that remembered grants of a tenant no longer hold: {@code access.changed}, subject the tenant. It
 * goes out before the request that caused it is answered, so that the next request of the same client meets the change.
 */
@Service
public final class AccessAnnouncements {

    private final Outbox outbox;

    AccessAnnouncements(Outbox outbox) {
        this.outbox = outbox;
    }

    public Outgoing changed(String tenantId) {
        // No version: whoever hears it only forgets, which may be done twice and in any order.
        return outbox.event(Fact.ACCESS_CHANGED, 0, new Outbox.Place(tenantId, null, null), tenantId, null, Map.of());
    }
}

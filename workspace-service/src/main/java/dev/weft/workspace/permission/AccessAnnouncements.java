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
        return announced(tenantId, 0);
    }

    /**
     * As {@link #changed}, under the edition of the policy, which is above 0: answers that follow from an older one hold
     * nowhere any more.
     */
    public Outgoing policyChanged(String tenantId, long edition) {
        return announced(tenantId, edition);
    }

    private Outgoing announced(String tenantId, long version) {
        var place = new Outbox.Place(tenantId, null, null);
        return outbox.event(Fact.ACCESS_CHANGED, version, place, tenantId, null, Map.of());
    }
}

package dev.weft.identity.policyrecord;

import dev.weft.common.event.Fact;
import dev.weft.common.event.Outgoing;
import dev.weft.common.outbox.Outbox;
import java.util.LinkedHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The fact about policies; its version is the policy's revision. */
@Service
public class PolicyEvents {

    private final Outbox outbox;

    PolicyEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    /**
     * {@code role.changed {"removed":[{"scope","role"}],"retirement"?}}, subject the tenant. The roles themselves are asked
     * for: then it does not matter which of two facts is heard last.
     *
     * @param retirement by which the removed roles were retired; it ends with this
     */
    public Outgoing changed(TenantPolicy policy, Set<RoleKey> removed, @Nullable String retirement, String actorId) {
        var payload = new LinkedHashMap<String, Object>();
        payload.put("removed", removed);
        if (retirement != null) {
            payload.put("retirement", retirement);
        }
        var tenant = policy.tenantId();
        return outbox.event(
                Fact.ROLE_CHANGED, policy.revision(), new Outbox.Place(tenant, null, null), tenant, actorId, payload);
    }
}

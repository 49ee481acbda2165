package dev.weft.identity.tenant;

import dev.weft.common.event.Fact;
import dev.weft.common.event.Outgoing;
import dev.weft.common.outbox.Outbox;
import dev.weft.identity.tenantrecord.Tenant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The facts about tenants; their version is the tenant's revision. */
@Service
public class TenantEvents {

    private final Outbox outbox;

    TenantEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    /** {@code tenant.created {"code","admin_user_id"?}}; workspace-service makes the default contract then. */
    public Outgoing created(Tenant tenant, @Nullable String actorId) {
        var payload = new LinkedHashMap<String, Object>();
        payload.put("code", tenant.code());
        if (!tenant.admins().isEmpty()) {
            payload.put("admin_user_id", tenant.admins().getFirst());
        }
        return event(Fact.TENANT_CREATED, tenant.revision(), tenant.id(), tenant.id(), actorId, payload);
    }

    /** {@code tenant.updated {"code"}}. */
    public Outgoing updated(Tenant tenant, String actorId) {
        return event(
                Fact.TENANT_UPDATED,
                tenant.revision(),
                tenant.id(),
                tenant.id(),
                actorId,
                Map.of("code", tenant.code()));
    }

    /** {@code tenant.deleted {"code"}}: everything of the tenant goes, in every service. */
    public Outgoing deleted(Tenant tenant, String actorId) {
        return event(
                Fact.TENANT_DELETED,
                tenant.revision() + 1,
                tenant.id(),
                tenant.id(),
                actorId,
                Map.of("code", tenant.code()));
    }

    /** {@code key.changed}, subject the user whose roles changed: what the gateway knows of the user is old. */
    public Outgoing rolesChanged(String tenantId, String userId, String actorId) {
        // Version 0: receivers only forget what they remember, which may happen twice and in any order.
        return event(Fact.KEY_CHANGED, 0, tenantId, userId, actorId, Map.of());
    }

    private Outgoing event(
            Fact fact,
            long version,
            String tenantId,
            String subjectId,
            @Nullable String actorId,
            Map<String, Object> payload) {
        return outbox.event(fact, version, new Outbox.Place(tenantId, null, null), subjectId, actorId, payload);
    }
}

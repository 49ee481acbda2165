package dev.weft.identity.audit;

import dev.weft.common.audit.AuditEntry;
import dev.weft.common.jsonapi.Resource;

/** Entries as JSON:API shows them (api-v2 11.8); an entry alone has no path. */
final class AuditResource {

    private AuditResource() {}

    static Resource of(AuditEntry entry) {
        return Resource.of("audit-entry", entry.id(), null)
                .attribute("at", entry.at())
                .attribute("action", entry.action())
                .attribute("outcome", entry.outcome().wire())
                .attribute("status", entry.status())
                .attribute("actor_type", entry.actor().type())
                .attribute("actor_id", entry.actor().id())
                .attribute("actor_name", entry.actor().name())
                .attribute("object_type", entry.objectType())
                .attribute("object_id", entry.objectId())
                .attribute("contract_id", entry.place().contractId())
                .attribute("workspace_id", entry.place().workspaceId())
                .attribute("ip", entry.ip())
                .attribute("request_id", entry.requestId())
                .attribute("changed", entry.changed());
    }
}

package dev.weft.identity.audit;

import dev.weft.common.audit.AuditActor;
import dev.weft.common.audit.AuditEntry;
import dev.weft.common.audit.AuditOutcome;
import dev.weft.common.outbox.Outbox.Place;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** An entry in the collection {@code audit}; what is null is left out. */
final class StoredAuditEntry {

    static final String COLLECTION = "audit";

    static final String AT = "at";
    static final String TENANT = "tenant";
    static final String CONTRACT = "contract";
    static final String WORKSPACE = "workspace";
    static final String ACTOR = "actor";
    static final String OBJECT = "object";
    static final String OBJECT_TYPE = "object_type";
    static final String ACTION = "action";
    static final String OUTCOME = "outcome";

    private StoredAuditEntry() {}

    /** Without its {@code _id}, which the write names. */
    static Document of(AuditEntry entry) {
        var stored = new Document(AT, Date.from(entry.at()));
        var place = entry.place();
        put(stored, TENANT, place.tenantId());
        put(stored, CONTRACT, place.contractId());
        put(stored, WORKSPACE, place.workspaceId());
        put(stored, ACTOR, entry.actor().id());
        stored.append("actor_type", entry.actor().type())
                .append("actor_name", entry.actor().name())
                .append(OBJECT_TYPE, entry.objectType());
        put(stored, OBJECT, entry.objectId());
        stored.append(ACTION, entry.action()).append(OUTCOME, entry.outcome().wire());
        put(stored, "status", entry.status());
        put(stored, "ip", entry.ip());
        put(stored, "request_id", entry.requestId());
        return stored.append("changed", entry.changed());
    }

    private static void put(Document stored, String name, @Nullable Object value) {
        if (value != null) {
            stored.append(name, value);
        }
    }

    static AuditEntry read(Document stored) {
        return new AuditEntry(
                stored.getString("_id"),
                stored.getDate(AT).toInstant(),
                stored.getString(ACTION),
                AuditOutcome.find(stored.getString(OUTCOME)).orElse(AuditOutcome.FAILED),
                stored.getInteger("status"),
                new AuditActor(stored.getString("actor_type"), stored.getString(ACTOR), stored.getString("actor_name")),
                stored.getString(OBJECT_TYPE),
                stored.getString(OBJECT),
                new Place(stored.getString(TENANT), stored.getString(CONTRACT), stored.getString(WORKSPACE)),
                stored.getString("ip"),
                stored.getString("request_id"),
                stored.getList("changed", String.class, List.of()),
                false);
    }
}

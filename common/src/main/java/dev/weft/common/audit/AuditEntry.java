package dev.weft.common.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.weft.common.outbox.Outbox.Place;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * One entry of the audit trail, in the shape in which services tell it: {@code {"id","at","action":"flow.start",
 * "outcome","status"?,"actor":{"type","id","name"},"object_type","object_id"?,"place":{..},"ip"?,"request_id"?,
 * "changed":[..],"presumed"}}. No value of a request is in it.
 *
 * @param at       when the request began
 * @param status   null when nobody knows what was answered
 * @param objectId null where nothing was made, and where the request names nothing by an identifier
 * @param place    its tenant is null for what belongs to none; only service accounts see such entries
 * @param changed  names of attributes that were sent and taken
 * @param presumed told in place of a process that may still tell it better: it replaces nothing that is known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(SnakeCaseStrategy.class)
public record AuditEntry(
        String id,
        Instant at,
        String action,
        AuditOutcome outcome,
        @Nullable Integer status,
        AuditActor actor,
        String objectType,
        @Nullable String objectId,
        Place place,
        @Nullable String ip,
        @Nullable String requestId,
        List<String> changed,
        boolean presumed) {

    /** The same of a request that was begun, and of which nothing more was heard. */
    AuditEntry withoutEnd() {
        return new AuditEntry(
                id,
                at,
                action,
                AuditOutcome.FAILED,
                null,
                actor,
                objectType,
                objectId,
                place,
                ip,
                requestId,
                changed,
                true);
    }
}

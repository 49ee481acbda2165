package dev.weft.common.event;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fact or a command that one service tells others, in a CloudEvents-like envelope:
 * {@code
 * {"id","type":"flow.state-changed","version":7,"at","tenantId","contractId","workspaceId","subjectId","actorId","payload":{..}}}.
 *
 * @param version of the subject; a consumer drops an event older than the last one it applied; 0 where order does not
 *                matter
 * @param actorId who caused it; null for the system itself
 */
public record DomainEvent(
        String id,
        String type,
        long version,
        Instant at,
        @Nullable String tenantId,
        @Nullable String contractId,
        @Nullable String workspaceId,
        String subjectId,
        @Nullable String actorId,
        Map<String, Object> payload) {}

package dev.weft.identity.audit;

import dev.weft.common.audit.AuditOutcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries a list shows; null: any.
 *
 * @param tenantId null only for who sees every tenant
 * @param from     with it, as {@code to}
 */
record AuditFilter(
        @Nullable String tenantId,
        @Nullable String contractId,
        @Nullable String workspaceId,
        @Nullable String userId,
        @Nullable String objectId,
        @Nullable String action,
        @Nullable AuditOutcome outcome,
        @Nullable Instant from,
        @Nullable Instant to) {

    AuditFilter ofTenant(@Nullable String tenant) {
        return new AuditFilter(tenant, contractId, workspaceId, userId, objectId, action, outcome, from, to);
    }
}

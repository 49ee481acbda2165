package dev.weft.flow.closure;

import dev.weft.common.outbox.Outbox;
import org.jspecify.annotations.Nullable;

/**
 * A suspended contract: its flows are stopped, and stay so when it is opened again (api-v2 5.3).
 *
 * @param id      of the contract
 * @param version of the contract when it was closed; a version older than the last one heard is ignored
 * @param actorId who closed it; null for the system
 */
record Closure(
        String id,
        long version,
        @Nullable String tenantId,
        @Nullable String contractId,
        @Nullable String actorId) {

    Outbox.Place place() {
        return new Outbox.Place(tenantId, contractId, null);
    }
}

package dev.weft.flow.closure;

import dev.weft.common.outbox.Outbox;
import org.jspecify.annotations.Nullable;

/**
 * A suspended contract, whose flows must stop, or a deleted workspace, whose flows must be deleted.
 *
 * @param id      of the contract or workspace
 * @param version of the contract or workspace when it was closed; a version older than the last one heard is ignored
 * @param actorId who closed it; null for the system
 */
record Closure(
        String id,
        Kind kind,
        long version,
        @Nullable String tenantId,
        @Nullable String contractId,
        @Nullable String actorId) {

    /** Why it is closed, and so what becomes of its flows. */
    enum Kind {
        /** A suspended contract: its flows are stopped and stay so when it is opened again (api-v2 5.3). */
        SUSPENSION,
        /** A deleted workspace: its flows are deleted (api-v2 6.5). */
        DELETION
    }

    Outbox.Place place() {
        return new Outbox.Place(tenantId, contractId, null);
    }
}

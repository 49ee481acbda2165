package dev.weft.common.deletion;

import org.jspecify.annotations.Nullable;

/**
 * A deletion as a service has heard of it.
 *
 * @param id      of what is deleted
 * @param version of it when its deletion was decided; one that is not newer than the last heard is the same deletion
 * @param actorId who decided it; null for the system
 */
public record Deletion(
        DeletionScope scope,
        String id,
        long version,
        @Nullable String tenantId,
        @Nullable String contractId,
        @Nullable String actorId) {}

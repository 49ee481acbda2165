package dev.weft.workspace.workspace;

import org.jspecify.annotations.Nullable;

/**
 * Which workspaces a list shows: some of those that the caller may see.
 *
 * @param contractId null for those of all contracts
 * @param tenantId   as a caller of no tenant asked for it, of any form; null for all tenants
 */
record WorkspaceListing(
        @Nullable String contractId, @Nullable String tenantId, int skip, int size) {}

package dev.weft.workspace.contract;

import org.jspecify.annotations.Nullable;

/**
 * Which contracts a list shows: some of those that the caller may see.
 *
 * @param tenantId as a caller of no tenant asked for it, of any form; null for all tenants
 */
record ContractListing(@Nullable String tenantId, int skip, int size) {}

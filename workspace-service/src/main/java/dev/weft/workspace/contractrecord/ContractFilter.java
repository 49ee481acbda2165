package dev.weft.workspace.contractrecord;

import org.jspecify.annotations.Nullable;

/** Which contracts of a list the caller may see; null stands for all. */
public record ContractFilter(
        @Nullable String tenantId, @Nullable String memberId) {}

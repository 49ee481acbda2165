package dev.weft.workspace.contractrecord;

import dev.weft.workspace.permission.RoleName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request wants a contract to be; null where it says nothing. */
public record ContractChange(
        @Nullable String name,
        @Nullable List<RoleName> availableRoles,
        @Nullable Boolean flowStatsEnabledDefault,
        @Nullable String supportUserId,
        @Nullable String customData) {}

package dev.weft.workspace.tenant;

import dev.weft.common.access.Caller;

/** Where the defaults of a tenant are known. */
public interface TenantDefaultsSource {
    TenantDefaults of(Caller caller, String tenantId);
}

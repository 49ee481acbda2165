package dev.weft.workspace.tenant;

import dev.weft.common.access.Caller;

/** Which tenants there are, as identity-service knows at this moment. */
public interface KnownTenants {

    /** False also for a tenant that the caller does not see. */
    boolean exists(Caller caller, String tenantId);
}

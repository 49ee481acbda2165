package dev.weft.identity.tenantend;

import java.util.List;

/** What workspace-service has of a tenant. */
interface TenantContracts {

    /**
     * Ids of contracts that are in the way of a deletion. Without any, the tenant takes no contracts and members any more,
     * for two minutes: time enough to decide.
     */
    List<String> close(String tenantId);
}

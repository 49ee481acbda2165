package dev.weft.workspace.home;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Opens a tenant's default contract and, for an admin who is there from the start, its default workspace; each only once. */
@Service
final class TenantHomes {

    private final DefaultContracts contracts;
    private final DefaultWorkspaces workspaces;

    TenantHomes(DefaultContracts contracts, DefaultWorkspaces workspaces) {
        this.contracts = contracts;
        this.workspaces = workspaces;
    }

    /** @param adminUserId null for a tenant that has no user yet */
    void open(String tenantId, @Nullable String adminUserId) {
        // The workspace only for who is in the contract: a tenant whose default contract was opened before, without an
        // admin, would get a workspace whose owner is in no contract.
        var joined = contracts.open(tenantId, adminUserId);
        if (joined && adminUserId != null) {
            workspaces.open(tenantId, adminUserId);
        }
    }
}

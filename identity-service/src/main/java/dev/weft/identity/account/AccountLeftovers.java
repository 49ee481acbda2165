package dev.weft.identity.account;

import dev.weft.identity.tenantend.TenantLeftovers;
import org.springframework.stereotype.Service;

/** An account goes with its tenant, and its name is free again. */
@Service
class AccountLeftovers implements TenantLeftovers {

    private final MeshAccountRepository accounts;

    AccountLeftovers(MeshAccountRepository accounts) {
        this.accounts = accounts;
    }

    @Override
    public void removeAllOf(String tenantId) {
        accounts.remove(tenantId);
    }
}

package dev.weft.workspace.home;

import dev.weft.common.id.Ids;
import dev.weft.workspace.contractrecord.Contract;
import dev.weft.workspace.contractrecord.ContractRepository;
import dev.weft.workspace.membership.Members;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The contract that each tenant has from the start; its id follows from the tenant's, so that it is made only once. */
@Service
public final class DefaultContracts {

    public static final String NAME = "Default";

    private final ContractRepository contracts;
    private final Clock clock;

    DefaultContracts(ContractRepository contracts, Clock clock) {
        this.contracts = contracts;
        this.clock = clock;
    }

    public static String idOf(String tenantId) {
        return Ids.sha1("default contract of " + tenantId).substring(0, 24);
    }

    /**
     * Opens it unless it was opened before; true when the admin is a member of it.
     *
     * @param adminUserId owner and admin of it; null for a tenant that has no user yet
     */
    public boolean open(String tenantId, @Nullable String adminUserId) {
        var members = adminUserId == null
                ? Members.none()
                : Members.none()
                        .add(adminUserId, List.of("owner", "admin"), clock.instant())
                        .orThrow();
        var id = idOf(tenantId);
        contracts.insert(Contract.open(id, tenantId, NAME).with(members));
        return adminUserId != null
                && contracts
                        .find(id)
                        .filter(contract -> contract.members().has(adminUserId))
                        .isPresent();
    }
}

package dev.weft.workspace.permission;

import java.util.List;
import java.util.Optional;

/** Where a user stands in contracts; the owner of contracts answers it. */
public interface ContractStandings {

    /**
     * What a contract says about one user.
     *
     * @param status {@code active}, {@code suspending} or {@code suspended}
     * @param member false when the user is in no membership of it; then {@code roles} is empty
     */
    record ContractStanding(String contractId, String tenantId, String status, boolean member, List<String> roles) {}

    /** Empty when there is no such contract, or it is being deleted. */
    Optional<ContractStanding> inContract(String contractId, String userId);
}

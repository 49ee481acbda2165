package dev.weft.workspace.permission;

import java.util.Optional;

/** Where a user stands in contracts; the owner of contracts answers it. */
public interface ContractStandings {

    /** Empty when there is no such contract, or it is being deleted. */
    Optional<ContractStanding> inContract(String contractId, String userId);
}

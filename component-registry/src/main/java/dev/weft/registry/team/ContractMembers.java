package dev.weft.registry.team;

import dev.weft.common.access.Caller;

/** Who is in a contract at this moment, as workspace-service knows. */
public interface ContractMembers {

    /** False also for a contract that is gone, or not the caller's tenant's. */
    boolean has(Caller caller, String contractId, String userId);
}

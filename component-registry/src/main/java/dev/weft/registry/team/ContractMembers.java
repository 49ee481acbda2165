package dev.weft.registry.team;

import dev.weft.common.access.Caller;

/** Asks workspace-service whether a user is a member of a contract at this moment. */
public interface ContractMembers {

    /** False also for a contract that is gone, or not the caller's tenant's. */
    boolean has(Caller caller, String contractId, String userId);
}

package dev.weft.workspace.contractrecord;

import java.util.List;

/** What a contract must know of its workspaces before it changes; the owner of workspaces answers it. */
public interface ContractWorkspaces {

    /** Whether a member of a workspace of the contract has this role there. */
    boolean useRole(String contractId, String role);

    /** Workspaces of the contract that would be left without an owner if the user went. */
    List<String> ownedOnlyBy(String contractId, String userId);
}

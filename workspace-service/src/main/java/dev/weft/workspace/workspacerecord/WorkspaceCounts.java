package dev.weft.workspace.workspacerecord;

import java.util.Collection;
import java.util.List;

/** How many workspaces there are, for quotas. */
public interface WorkspaceCounts {

    /** Those of the type in the contract, without the named ones. */
    long count(String contractId, WorkspaceType type, Collection<String> without);

    /** Ids of the limited workspaces of a contract. */
    List<String> limitedOfContract(String contractId);

    /** Ids of the limited workspaces of a tenant. */
    List<String> limitedOfTenant(String tenantId);
}

package dev.weft.flow.quota;

import java.util.List;
import java.util.OptionalLong;

/** The quotas, as workspace-service knows them at this moment. */
public interface QuotaLookup {

    /** Those of flows that hold in the workspace. */
    List<FlowLimit> ofFlows(String workspaceId);

    /**
     * How many queues the flows of the contract may have together; empty: any number.
     *
     * @param unset how many while nobody has set it
     */
    OptionalLong ofQueues(String contractId, long unset);
}

package dev.weft.flow.quota;

import java.util.List;

/** The quotas, as workspace-service knows them at this moment. */
public interface QuotaLookup {

    /** Those of flows that hold in the workspace. */
    List<FlowLimit> ofFlows(String workspaceId);

    /**
     * Those of what the running flows of the contract have.
     *
     * @param queues how many queues while nobody has set it
     */
    RunLimits ofRuns(String contractId, long queues);
}

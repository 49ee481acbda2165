package dev.weft.workspace.workspace;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A workspace as other services see it:
 * {@code {"id","name","contract_id","tenant_id","type","contract_status","flow_stats_enabled_default"}}.
 *
 * @param flowStatsEnabledDefault false when the workspace or its contract says so
 */
record WorkspaceSummary(
        String id,
        String name,
        @JsonProperty("contract_id") String contractId,
        @JsonProperty("tenant_id") String tenantId,
        String type,
        @JsonProperty("contract_status") String contractStatus,
        @JsonProperty("flow_stats_enabled_default") boolean flowStatsEnabledDefault) {}

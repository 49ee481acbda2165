package dev.weft.workspace.tenant;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a tenant sets for what is made in it (api-v2 4.1).
 *
 * @param workspaceType    of a new workspace
 * @param flowStatsEnabled whether its flows keep inputs and outputs when neither workspace nor contract says no
 */
public record TenantDefaults(
        @JsonProperty("default_workspace_type") String workspaceType,
        @JsonProperty("flow_stats_enabled_default") boolean flowStatsEnabled) {}

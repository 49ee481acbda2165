package dev.weft.workspace.tenant;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant sets for what is made in it (api-v2 4.1).
 *
 * @param workspaceType    of a new workspace
 * @param flowStatsEnabled whether its flows keep inputs and outputs when neither workspace nor contract says no
 * @param supportUserId    who helps in workspaces of contracts that name nobody; null for nobody
 * @param whitelist        whether full workspaces may use only their contract's components and those opened for it; null
 *                         from an older release
 */
public record TenantDefaults(
        @JsonProperty("default_workspace_type") String workspaceType,
        @JsonProperty("flow_stats_enabled_default") boolean flowStatsEnabled,
        @JsonProperty("support_user_id") @Nullable String supportUserId,

        @JsonProperty("contract_component_whitelist") @Nullable
        Boolean whitelist) {

    public boolean hasWhitelist() {
        return Boolean.TRUE.equals(whitelist);
    }
}

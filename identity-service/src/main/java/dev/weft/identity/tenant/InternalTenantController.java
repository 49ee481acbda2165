package dev.weft.identity.tenant;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weft.common.access.Caller;
import dev.weft.identity.tenantrecord.Tenant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /internal/tenants/{id}}: what a tenant sets for what is made in it; 404 for another tenant's callers. */
@RestController
class InternalTenantController {

    private final TenantService service;

    InternalTenantController(TenantService service) {
        this.service = service;
    }

    /**
     * {@code {"default_workspace_type","flow_stats_enabled_default","support_user_id","contract_component_whitelist"}}, with
     * the defaults of api-v2 4.1; {@code support_user_id} null for nobody.
     */
    record Defaults(
            @JsonProperty("default_workspace_type") String workspaceType,
            @JsonProperty("flow_stats_enabled_default") boolean flowStatsEnabled,
            @JsonProperty("support_user_id") @Nullable String supportUserId,
            @JsonProperty("contract_component_whitelist") boolean whitelist) {

        static Defaults of(Tenant tenant) {
            return new Defaults(
                    tenant.defaultWorkspaceType(),
                    tenant.keepsFlowStats(),
                    tenant.supportUserId(),
                    tenant.hasFlag("contract_component_whitelist"));
        }
    }

    @GetMapping("/internal/tenants/{id}")
    Defaults defaults(Caller caller, @PathVariable String id) {
        return Defaults.of(service.known(caller, id));
    }
}

package dev.weft.flow.reference;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** workspace-service, asked about what it owns. */
@FeignClient(name = "flow-workspaces", url = "${weft.services.workspace}")
interface RemoteWorkspaceApi {

    /** 404 when the workspace has no such credential. */
    @GetMapping("/internal/credentials/{id}/reference")
    Reference credential(
            @RequestHeader("Authorization") String bearer,
            @PathVariable("id") String id,
            @RequestParam("workspace") String workspace);

    /** 404 when the workspace has no such credential. */
    @GetMapping("/internal/credentials/{id}/readiness")
    Readiness readiness(
            @RequestHeader("Authorization") String bearer,
            @PathVariable("id") String id,
            @RequestParam("workspace") String workspace);

    @GetMapping("/internal/workspaces/{id}")
    Settings workspace(@RequestHeader("Authorization") String bearer, @PathVariable("id") String id);

    /** The component that a credential is for. */
    record Reference(@JsonProperty("component_id") String componentId) {}

    /** What a credential lacks, as sentences. */
    record Readiness(List<String> lacks) {}

    /** What a workspace says about its flows. */
    record Settings(
            @JsonProperty("flow_stats_enabled_default") @Nullable
            Boolean flowStatsEnabledDefault) {}
}

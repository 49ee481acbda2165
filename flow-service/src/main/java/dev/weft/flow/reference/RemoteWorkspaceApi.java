package dev.weft.flow.reference;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;

/** workspace-service, asked about what it owns. */
@FeignClient(name = "flow-workspaces", url = "${weft.services.workspace}")
interface RemoteWorkspaceApi {

    /** The component of each credential by its id, without those that the workspace does not have. */
    @PostMapping("/internal/credentials/components")
    Map<String, String> components(@RequestHeader("Authorization") String bearer, @RequestBody Question question);

    /** What each credential lacks, as sentences, by its id; without those that the workspace does not have. */
    @PostMapping("/internal/credentials/readiness")
    Map<String, List<String>> readiness(@RequestHeader("Authorization") String bearer, @RequestBody Question question);

    @GetMapping("/internal/workspaces/{id}")
    Settings workspace(@RequestHeader("Authorization") String bearer, @PathVariable("id") String id);

    /** Who may own there, at this moment, what that user owned. */
    @GetMapping("/internal/workspaces/{id}/heirs/{user}")
    Heir heir(
            @RequestHeader("Authorization") String bearer,
            @PathVariable("id") String id,
            @PathVariable("user") String user);

    /** {@code {"user_id"}}. */
    record Heir(@JsonProperty("user_id") String userId) {}

    /** The credentials of one graph. */
    record Question(String workspace, Collection<String> ids) {}

    /** What a workspace says about its flows. */
    record Settings(
            @JsonProperty("flow_stats_enabled_default") @Nullable
            Boolean flowStatsEnabledDefault,

            @Nullable String type) {}
}

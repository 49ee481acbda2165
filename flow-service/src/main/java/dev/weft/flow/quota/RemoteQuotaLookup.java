package dev.weft.flow.quota;

import dev.weft.common.remote.RemoteCalls;
import dev.weft.common.token.ServiceTokens;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** Asks workspace-service, with this service's own token: a limit is the same whoever makes a flow. */
@Service
@EnableFeignClients(clients = RemoteQuotaLookup.QuotaApi.class)
class RemoteQuotaLookup implements QuotaLookup {

    /** workspace-service's inside. */
    @FeignClient(name = "flow-quotas", url = "${weft.services.workspace}")
    interface QuotaApi {

        @GetMapping("/internal/quotas/workspaces/{id}/flows")
        FlowLimits flows(@RequestHeader("Authorization") String bearer, @PathVariable("id") String workspace);

        @GetMapping("/internal/quotas/contracts/{id}")
        OfContract contract(
                @RequestHeader("Authorization") String bearer,
                @PathVariable("id") String contract,
                @RequestParam("queues") long unset);
    }

    /** {@code {"limits":[..]}}. */
    record FlowLimits(List<FlowLimit> limits) {}

    /** {@code {"queues"?,"containers"?}}. */
    record OfContract(@Nullable Long queues, @Nullable Long containers) {}

    private final QuotaApi workspaces;
    private final RemoteCalls calls;
    private final ServiceTokens tokens;

    RemoteQuotaLookup(QuotaApi workspaces, RemoteCalls calls, ServiceTokens tokens) {
        this.workspaces = workspaces;
        this.calls = calls;
        this.tokens = tokens;
    }

    @Override
    public List<FlowLimit> ofFlows(String workspaceId) {
        // 404: the workspace has just been deleted, and the flow goes with it.
        return calls.find("workspace", () -> workspaces.flows(tokens.bearer(), workspaceId))
                .map(found -> List.copyOf(found.limits()))
                .orElse(List.of());
    }

    @Override
    public RunLimits ofRuns(String contractId, long queues) {
        return calls.find("workspace", () -> workspaces.contract(tokens.bearer(), contractId, queues))
                .map(found -> new RunLimits(limit(found.queues()), limit(found.containers())))
                .orElse(new RunLimits(OptionalLong.of(queues), OptionalLong.empty()));
    }

    private static OptionalLong limit(@Nullable Long found) {
        return found == null ? OptionalLong.empty() : OptionalLong.of(found);
    }
}

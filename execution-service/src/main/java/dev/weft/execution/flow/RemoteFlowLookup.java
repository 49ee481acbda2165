package dev.weft.execution.flow;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weft.common.access.Caller;
import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.common.remote.RemoteCalls;
import java.util.List;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;

/** Asks flow-service with the caller's token. */
@Service
@EnableFeignClients(clients = RemoteFlowLookup.FlowApi.class)
class RemoteFlowLookup implements FlowLookup {

    /** The internal API of flow-service. */
    @FeignClient(name = "flows", url = "${weft.services.flow}")
    interface FlowApi {

        @GetMapping("/internal/flows/{id}")
        Found flow(@RequestHeader("Authorization") String bearer, @PathVariable("id") String id);

        /** As flow-service answers it. */
        record Found(
                String id,
                @JsonProperty("workspace_id") String workspaceId,
                @JsonProperty("tenant_id") String tenantId,
                List<String> nodes) {}
    }

    private final FlowApi api;
    private final RemoteCalls calls;

    RemoteFlowLookup(FlowApi api, RemoteCalls calls) {
        this.api = api;
        this.calls = calls;
    }

    private static FlowPlace place(FlowApi.Found found) {
        return new FlowPlace(found.id(), found.workspaceId(), found.tenantId(), List.copyOf(found.nodes()));
    }

    @Override
    public FlowPlace get(Caller caller, String flowId) {
        if (!Ids.isEntity(flowId)) {
            throw Problem.notFound("flow", flowId).exception();
        }
        return calls.find("flow", () -> place(api.flow(caller.bearer(), flowId)))
                .filter(found -> caller.sees(found.tenantId()))
                .orElseThrow(() -> Problem.notFound("flow", flowId).exception());
    }
}

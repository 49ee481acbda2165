package dev.weft.workspace.oauthclient;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weft.common.access.Caller;
import dev.weft.common.remote.RemoteCalls;
import java.util.List;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** Asks flow-service, as the caller. */
@Service
@EnableFeignClients(clients = RemoteOAuthClientUses.ComponentUseApi.class)
class RemoteOAuthClientUses implements OAuthClientUses {

    /** flow-service's inside. */
    @FeignClient(name = "oauth-client-uses", url = "${weft.services.flow}")
    interface ComponentUseApi {
        @GetMapping("/internal/component-uses")
        FlowsUsing uses(
                @RequestHeader("Authorization") String bearer,
                @RequestParam("tenant") String tenant,
                @RequestParam("component") String component,
                @RequestParam("command") String command);
    }

    /** {@code {"flow_ids":[..]}}. */
    record FlowsUsing(@JsonProperty("flow_ids") List<String> flowIds) {}

    private final ComponentUseApi api;
    private final RemoteCalls calls;

    RemoteOAuthClientUses(ComponentUseApi api, RemoteCalls calls) {
        this.api = api;
        this.calls = calls;
    }

    @Override
    public List<String> flowsUsing(Caller caller, String tenantId, String componentId, String command) {
        return calls.read(
                "flow",
                () -> List.copyOf(api.uses(caller.bearer(), tenantId, componentId, command)
                        .flowIds()));
    }
}

package dev.weft.gateway.webhook.door;

import dev.weft.common.remote.RemoteCalls;
import dev.weft.common.token.ServiceTokens;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;

/** Asks flow-service with the gateway's own token, since whoever calls a webhook has none. */
@Service
@EnableFeignClients(clients = RemoteWantedFlows.WantedFlowApi.class)
class RemoteWantedFlows implements WantedFlows {

    /** The internal API of flow-service. */
    @FeignClient(name = "wanted-flows", url = "${weft.services.flow}")
    interface WantedFlowApi {

        @GetMapping("/internal/flows/{flow}")
        WantedFlow flow(@RequestHeader("Authorization") String bearer, @PathVariable("flow") String flow);

        /** The part of the answer that is used here. */
        record WantedFlow(String status, boolean webhook) {}
    }

    private final WantedFlowApi api;
    private final RemoteCalls calls;
    private final ServiceTokens tokens;

    RemoteWantedFlows(WantedFlowApi api, RemoteCalls calls, ServiceTokens tokens) {
        this.api = api;
        this.calls = calls;
        this.tokens = tokens;
    }

    @Override
    public boolean isWanted(String flow) {
        return calls.find("flow", () -> api.flow(tokens.bearer(), flow))
                .filter(found -> found.webhook() && found.status().equals("active"))
                .isPresent();
    }
}

package dev.weft.gateway.webhook.door;

import dev.weft.common.flowmessage.HookDoor;
import dev.weft.common.remote.RemoteCalls;
import dev.weft.common.token.ServiceTokens;
import java.util.Optional;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;

/** Asks execution-service with the gateway's own token, since whoever calls a webhook has none. */
@Service
@EnableFeignClients(clients = RemoteDoorLookup.DoorApi.class)
class RemoteDoorLookup implements DoorLookup {

    /** The internal API of execution-service. */
    @FeignClient(name = "doors", url = "${weft.services.execution}")
    interface DoorApi {

        @GetMapping("/internal/doors/{flow}")
        HookDoor door(@RequestHeader("Authorization") String bearer, @PathVariable("flow") String flow);
    }

    private final DoorApi execution;
    private final RemoteCalls calls;
    private final ServiceTokens tokens;

    RemoteDoorLookup(DoorApi execution, RemoteCalls calls, ServiceTokens tokens) {
        this.execution = execution;
        this.calls = calls;
        this.tokens = tokens;
    }

    @Override
    public Optional<HookDoor> find(String flow) {
        return calls.find("execution", () -> execution.door(tokens.bearer(), flow));
    }
}

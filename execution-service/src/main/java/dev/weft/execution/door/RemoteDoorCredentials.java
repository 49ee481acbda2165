package dev.weft.execution.door;

import dev.weft.common.remote.RemoteCalls;
import dev.weft.common.token.ServiceTokens;
import java.util.Map;
import java.util.Optional;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;

/** Asks workspace-service with this service's own token. */
@Service
@EnableFeignClients(clients = RemoteDoorCredentials.CredentialApi.class)
class RemoteDoorCredentials implements DoorCredentials {

    /** The internal API of workspace-service. */
    @FeignClient(name = "credentials", url = "${weft.services.workspace}")
    interface CredentialApi {

        @GetMapping("/internal/credentials/{id}")
        Found credential(@RequestHeader("Authorization") String bearer, @PathVariable("id") String id);

        /** The part that is needed here. */
        record Found(String id, Map<String, Object> keys) {}
    }

    private final CredentialApi api;
    private final RemoteCalls calls;
    private final ServiceTokens tokens;

    RemoteDoorCredentials(CredentialApi api, RemoteCalls calls, ServiceTokens tokens) {
        this.api = api;
        this.calls = calls;
        this.tokens = tokens;
    }

    @Override
    public Optional<Map<String, Object>> keys(String credentialId) {
        return calls.find(
                "workspace", () -> api.credential(tokens.bearer(), credentialId).keys());
    }
}

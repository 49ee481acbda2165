package dev.weft.workspace.credential;

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
@EnableFeignClients(clients = RemoteCredentialUses.CredentialUseApi.class)
class RemoteCredentialUses implements CredentialUses {

    /** flow-service's inside. */
    @FeignClient(name = "credential-uses", url = "${weft.services.flow}")
    interface CredentialUseApi {
        @GetMapping("/internal/flows")
        Uses uses(@RequestHeader("Authorization") String bearer, @RequestParam("credential") String credential);
    }

    /** {@code {"flow_ids":[..]}}. */
    record Uses(@JsonProperty("flow_ids") List<String> flowIds) {}

    private final CredentialUseApi api;
    private final RemoteCalls calls;

    RemoteCredentialUses(CredentialUseApi api, RemoteCalls calls) {
        this.api = api;
        this.calls = calls;
    }

    @Override
    public List<String> flowsUsing(Caller caller, String credentialId) {
        return calls.read(
                "flow",
                () -> List.copyOf(api.uses(caller.bearer(), credentialId).flowIds()));
    }
}

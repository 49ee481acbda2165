package dev.weft.identity.user;

import dev.weft.common.access.Caller;
import dev.weft.common.remote.RemoteCalls;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** Asks workspace-service, as the caller. */
@Service
@EnableFeignClients(clients = RemoteSharedContracts.Contracts.class)
class RemoteSharedContracts implements SharedContracts {

    /** workspace-service's answer to "is there a contract that both are members of". */
    @FeignClient(name = "contracts", contextId = "shared-contracts", url = "${weft.services.workspace}")
    interface Contracts {
        @GetMapping("/internal/contracts/shared")
        Shared shared(
                @RequestHeader("Authorization") String bearer,
                @RequestParam("user") String user,
                @RequestParam("other") String other);
    }

    /** The answer. */
    record Shared(boolean shared) {}

    private final Contracts contracts;
    private final RemoteCalls calls;

    RemoteSharedContracts(Contracts contracts, RemoteCalls calls) {
        this.contracts = contracts;
        this.calls = calls;
    }

    @Override
    public boolean share(Caller caller, String otherUserId) {
        return calls.read("workspace", () -> contracts.shared(caller.bearer(), caller.id(), otherUserId))
                .shared();
    }
}

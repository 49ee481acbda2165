package dev.weft.registry.team;

import dev.weft.common.access.Caller;
import dev.weft.common.remote.RemoteCalls;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;

/** Asks workspace-service. */
@Service
@EnableFeignClients(clients = RemoteContractMembers.Contracts.class)
class RemoteContractMembers implements ContractMembers {

    /** The internal API of workspace-service for members of contracts. */
    @FeignClient(name = "team-contracts", url = "${weft.services.workspace}")
    interface Contracts {
        @GetMapping("/internal/contracts/{id}/members/{user}")
        Answer member(
                @RequestHeader("Authorization") String bearer,
                @PathVariable("id") String id,
                @PathVariable("user") String user);
    }

    /** {@code {"member":true}}. */
    record Answer(boolean member) {}

    private final Contracts contracts;
    private final RemoteCalls calls;

    RemoteContractMembers(Contracts contracts, RemoteCalls calls) {
        this.contracts = contracts;
        this.calls = calls;
    }

    @Override
    public boolean has(Caller caller, String contractId, String userId) {
        return calls.read("workspace", () -> contracts.member(caller.bearer(), contractId, userId))
                .member();
    }
}

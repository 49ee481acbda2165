package dev.weft.identity.audit;

import dev.weft.common.access.Caller;
import dev.weft.common.remote.RemoteCalls;
import java.util.Optional;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** Asks workspace-service with the caller's token. */
@Service
@EnableFeignClients(clients = RemoteContractOwners.Owners.class)
class RemoteContractOwners implements ContractOwners {

    /** The internal API of workspace-service about owners of contracts. */
    @FeignClient(name = "contracts", contextId = "contract-owners", url = "${weft.services.workspace}")
    interface Owners {
        @GetMapping("/internal/contracts/owned")
        Answer ofAny(@RequestHeader("Authorization") String bearer, @RequestParam("user") String user);

        @GetMapping("/internal/contracts/{id}/owners/{user}")
        Answer owner(
                @RequestHeader("Authorization") String bearer,
                @PathVariable("id") String id,
                @PathVariable("user") String user);
    }

    /** {@code {"owner":true}}. */
    record Answer(boolean owner) {}

    private final Owners owners;
    private final RemoteCalls calls;

    RemoteContractOwners(Owners owners, RemoteCalls calls) {
        this.owners = owners;
        this.calls = calls;
    }

    @Override
    public Optional<Boolean> isOwner(Caller caller, String contractId) {
        return calls.find("workspace", () -> owners.owner(caller.bearer(), contractId, caller.id()))
                .map(Answer::owner);
    }

    @Override
    public boolean isOwnerOfAny(Caller caller) {
        return calls.read("workspace", () -> owners.ofAny(caller.bearer(), caller.id()))
                .owner();
    }
}

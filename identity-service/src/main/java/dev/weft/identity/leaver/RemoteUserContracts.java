package dev.weft.identity.leaver;

import dev.weft.common.access.Caller;
import dev.weft.common.remote.RemoteCalls;
import dev.weft.identity.token.TokenIssuer;
import dev.weft.identity.token.TokenSubject;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** Asks workspace-service, with the caller's token, or with a service token for work without a caller. */
@Service
@EnableFeignClients(clients = RemoteUserContracts.Contracts.class)
class RemoteUserContracts implements UserContracts {

    /** The internal API of workspace-service about contracts of users. */
    @FeignClient(name = "contracts", contextId = "user-contracts", url = "${weft.services.workspace}")
    interface Contracts {
        @GetMapping("/internal/contracts/shared")
        Shared shared(
                @RequestHeader("Authorization") String bearer,
                @RequestParam("user") String user,
                @RequestParam("other") String other);

        @GetMapping("/internal/users/{user}/contracts")
        Counting counting(@RequestHeader("Authorization") String bearer, @PathVariable("user") String user);
    }

    /** Whether both users are members of one contract. */
    record Shared(boolean shared) {}

    /** Whether a contract needs the user, as a member or supporter. */
    record Counting(boolean any) {}

    private final Contracts contracts;
    private final TokenIssuer tokens;
    private final RemoteCalls calls;

    RemoteUserContracts(Contracts contracts, TokenIssuer tokens, RemoteCalls calls) {
        this.contracts = contracts;
        this.tokens = tokens;
        this.calls = calls;
    }

    @Override
    public boolean share(Caller caller, String otherUserId) {
        return calls.read("workspace", () -> contracts.shared(caller.bearer(), caller.id(), otherUserId))
                .shared();
    }

    @Override
    public boolean hasAny(String userId) {
        // With a service token, since events and sweeps have no caller.
        var token = tokens.issue(TokenSubject.service("identity-service")).token();
        return calls.read("workspace", () -> contracts.counting("Bearer " + token, userId))
                .any();
    }
}

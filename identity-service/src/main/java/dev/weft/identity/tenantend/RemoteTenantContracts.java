package dev.weft.identity.tenantend;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.remote.RemoteCalls;
import dev.weft.identity.token.TokenIssuer;
import dev.weft.identity.token.TokenSubject;
import feign.FeignException;
import java.util.List;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;

/** Asks workspace-service, as a service: no caller may close a tenant there. */
@Service
@EnableFeignClients(clients = RemoteTenantContracts.Tenants.class)
class RemoteTenantContracts implements TenantContracts {

    /** workspace-service's door for tenants that are to go. */
    @FeignClient(name = "closings", contextId = "tenant-closings", url = "${weft.services.workspace}")
    interface Tenants {

        @PutMapping("/internal/tenants/{tenant}/closing")
        Left close(@RequestHeader("Authorization") String bearer, @PathVariable("tenant") String tenant);
    }

    /** Contracts that are in the way. */
    record Left(@JsonProperty("contract_ids") List<String> contractIds) {}

    private final Tenants tenants;
    private final TokenIssuer tokens;
    private final RemoteCalls calls;

    RemoteTenantContracts(Tenants tenants, TokenIssuer tokens, RemoteCalls calls) {
        this.tenants = tenants;
        this.tokens = tokens;
        this.calls = calls;
    }

    @Override
    public List<String> close(String tenantId) {
        var bearer = "Bearer "
                + tokens.issue(TokenSubject.service("identity-service")).token();
        try {
            return calls.write(
                    "workspace",
                    () -> List.copyOf(tenants.close(bearer, tenantId).contractIds()));
        } catch (FeignException.FeignClientException e) {
            // A contract or a member is coming right now.
            throw Problem.of(ProblemCode.CONFLICT, "The tenant is being changed at this moment.")
                    .exception();
        }
    }
}

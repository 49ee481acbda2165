package dev.weft.workspace.policy;

import dev.weft.common.remote.RemoteCalls;
import dev.weft.common.token.ServiceTokens;
import dev.weft.workspace.policy.PolicyCopy.CopiedRole;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;

/** Asks identity-service, with a token of this service: grants of one caller follow from it as those of another. */
@Service
@EnableFeignClients(clients = RemotePolicies.Policies.class)
class RemotePolicies implements PolicySource {

    /** identity-service's door for policies. */
    @FeignClient(name = "policies", contextId = "tenant-policies", url = "${weft.services.identity}")
    interface Policies {

        @GetMapping("/internal/tenants/{tenant}/policy")
        Told find(@RequestHeader("Authorization") String bearer, @PathVariable("tenant") String tenant);
    }

    /** A policy as it is told. */
    record Told(long revision, List<CopiedRole> roles) {}

    private final Policies policies;
    private final ServiceTokens tokens;
    private final RemoteCalls calls;
    private final Clock clock;

    RemotePolicies(Policies policies, ServiceTokens tokens, RemoteCalls calls, Clock clock) {
        this.policies = policies;
        this.tokens = tokens;
        this.calls = calls;
        this.clock = clock;
    }

    @Override
    public Optional<PolicyCopy> fetch(String tenantId) {
        // Before the question: what the answer says may be as old as that.
        var asked = clock.instant();
        return calls.find("identity", () -> policies.find(tokens.bearer(), tenantId))
                .map(told -> PolicyCopy.fetched(tenantId, told.revision(), told.roles(), asked));
    }
}

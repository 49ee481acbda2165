package dev.weft.workspace.policy;

import dev.weft.common.remote.RemoteCalls;
import dev.weft.common.token.ServiceTokens;
import dev.weft.workspace.policy.PolicyCopy.CopiedRole;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

    /**
     * A policy as it is told.
     *
     * @param there whether there is the tenant; an answer without a word of that is none
     */
    record Told(
            @Nullable Boolean there,
            long revision,
            @Nullable List<CopiedRole> roles) {

        private Optional<PolicyCopy> read(String tenantId, Instant asked) {
            if (!Objects.requireNonNull(there, "It is not said whether the tenant is there")) {
                return Optional.empty();
            }
            var told = List.copyOf(Objects.requireNonNull(roles));
            return Optional.of(PolicyCopy.fetched(tenantId, revision, told, asked));
        }
    }

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
        // A 404 does not say that the tenant is gone, for which all that it has here is deleted: a release of
        // identity-service that does not know this path answers it for every tenant.
        return calls.read(
                "identity", () -> policies.find(tokens.bearer(), tenantId).read(tenantId, asked));
    }
}

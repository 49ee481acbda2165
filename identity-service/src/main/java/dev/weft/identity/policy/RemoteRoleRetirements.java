package dev.weft.identity.policy;

import dev.weft.common.problem.ProblemException;
import dev.weft.common.remote.RemoteCalls;
import dev.weft.identity.policyrecord.RoleKey;
import dev.weft.identity.token.TokenIssuer;
import dev.weft.identity.token.TokenSubject;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;

/** Asks workspace-service, as a service: no caller may retire roles. */
@Service
@EnableFeignClients(clients = RemoteRoleRetirements.Retirements.class)
class RemoteRoleRetirements implements RoleRetirements {

    private static final Logger log = LoggerFactory.getLogger(RemoteRoleRetirements.class);

    /** workspace-service's door for roles that are to go. */
    @FeignClient(name = "retirements", contextId = "role-retirements", url = "${weft.services.workspace}")
    interface Retirements {

        @PutMapping("/internal/tenants/{tenant}/retirements/{token}")
        Used begin(
                @RequestHeader("Authorization") String bearer,
                @PathVariable("tenant") String tenant,
                @PathVariable("token") String token,
                @RequestBody Map<String, Set<RoleKey>> roles);

        @DeleteMapping("/internal/tenants/{tenant}/retirements/{token}")
        Used end(
                @RequestHeader("Authorization") String bearer,
                @PathVariable("tenant") String tenant,
                @PathVariable("token") String token);
    }

    /** Which of the roles are in use. */
    record Used(Set<RoleKey> used) {}

    private final Retirements retirements;
    private final TokenIssuer tokens;
    private final RemoteCalls calls;

    RemoteRoleRetirements(Retirements retirements, TokenIssuer tokens, RemoteCalls calls) {
        this.retirements = retirements;
        this.tokens = tokens;
        this.calls = calls;
    }

    @Override
    public Set<RoleKey> begin(String tenantId, String token, Set<RoleKey> roles) {
        // Retried: the token makes a repetition the same retirement.
        return calls.read(
                "workspace",
                () -> Set.copyOf(retirements
                        .begin(bearer(), tenantId, token, Map.of("roles", roles))
                        .used()));
    }

    @Override
    public void end(String tenantId, String token) {
        try {
            var _ = calls.read("workspace", () -> retirements.end(bearer(), tenantId, token));
        } catch (ProblemException e) {
            log.info("A retirement of roles in tenant {} is left to run out: {}", tenantId, e.getMessage());
        }
    }

    private String bearer() {
        return "Bearer "
                + tokens.issue(TokenSubject.service("identity-service")).token();
    }
}

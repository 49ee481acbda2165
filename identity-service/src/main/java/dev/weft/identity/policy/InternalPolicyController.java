package dev.weft.identity.policy;

import dev.weft.common.access.Caller;
import dev.weft.identity.policyrecord.TenantPolicy;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /internal/tenants/{id}/policy}: what workspace-service keeps a copy of. That a tenant is gone is an answer and
 * not a 404, which a release that does not have this path gives too: what is of the tenant is deleted for it.
 */
@RestController
class InternalPolicyController {

    private final PolicyService service;

    InternalPolicyController(PolicyService service) {
        this.service = service;
    }

    /** {@code {"there","revision","roles":[{"role","scope","i18n","permissions"}]}}. */
    record Told(boolean there, long revision, List<Map<String, Object>> roles) {

        private static final Told GONE = new Told(false, 0, List.of());

        private static Told of(TenantPolicy policy) {
            var roles = policy.roles().stream().map(PolicyResource::role).toList();
            return new Told(true, policy.revision(), roles);
        }
    }

    @GetMapping("/internal/tenants/{tenant}/policy")
    Told policy(Caller caller, @PathVariable String tenant) {
        return service.find(caller, tenant).map(Told::of).orElse(Told.GONE);
    }
}

package dev.weft.identity.policy;

import dev.weft.common.access.Caller;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /internal/tenants/{id}/policy}: what workspace-service keeps a copy of; 404 when there is no such tenant. */
@RestController
class InternalPolicyController {

    private final PolicyService service;

    InternalPolicyController(PolicyService service) {
        this.service = service;
    }

    /** {@code {"revision","roles":[{"role","scope","i18n","permissions"}]}}. */
    record Told(long revision, List<Map<String, Object>> roles) {}

    @GetMapping("/internal/tenants/{tenant}/policy")
    Told policy(Caller caller, @PathVariable String tenant) {
        var policy = service.known(caller, tenant);
        return new Told(
                policy.revision(),
                policy.roles().stream().map(PolicyResource::role).toList());
    }
}

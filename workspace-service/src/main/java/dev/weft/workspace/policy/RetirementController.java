package dev.weft.workspace.policy;

import dev.weft.common.access.Caller;
import dev.weft.workspace.permission.RoleName;
import java.util.Set;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** identity-service's door to roles that it is about to remove. */
@RestController
@RequestMapping("/internal/tenants/{tenant}/retirements/{token}")
class RetirementController {

    private final RetirementService service;

    RetirementController(RetirementService service) {
        this.service = service;
    }

    /** {@code {"roles":[{"scope","role"}]}}. */
    record Going(Set<RoleName> roles) {}

    /** {@code {"used":[{"scope","role"}]}}: empty when the roles may go. */
    record Used(Set<RoleName> used) {}

    @PutMapping
    Used begin(Caller caller, @PathVariable String tenant, @PathVariable String token, @RequestBody Going going) {
        return new Used(service.begin(caller, tenant, token, going.roles()));
    }

    @DeleteMapping
    Used end(Caller caller, @PathVariable String tenant, @PathVariable String token) {
        service.end(caller, tenant, token);
        return new Used(Set.of());
    }
}

package dev.weft.workspace.home;

import dev.weft.common.access.Caller;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code PUT /internal/tenants/{id}/closing}: what identity-service asks before it deletes a tenant. */
@RestController
class TenantClosingController {

    private final TenantClosingService service;

    TenantClosingController(TenantClosingService service) {
        this.service = service;
    }

    /** {@code {"contract_ids":[..]}}: empty when the tenant may go. */
    @PutMapping("/internal/tenants/{tenant}/closing")
    Map<String, List<String>> close(Caller caller, @PathVariable String tenant) {
        return Map.of("contract_ids", service.close(caller, tenant));
    }
}

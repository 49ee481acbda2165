package dev.weft.identity.tenantend;

import dev.weft.common.access.Caller;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code DELETE /v2/tenants/{id}} (api-v2 4.1). */
@RestController
class TenantEndController {

    private final TenantEndService service;

    TenantEndController(TenantEndService service) {
        this.service = service;
    }

    @DeleteMapping("/v2/tenants/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable("id") String id) {
        service.delete(caller, id);
    }
}

package dev.weft.identity.tenant;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weft.common.access.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /internal/tenants}: what {@code tenant.created} told, once more. */
@RestController
class InternalTenantController {

    private final KnownTenantService service;

    InternalTenantController(KnownTenantService service) {
        this.service = service;
    }

    /** {@code {"id","code","admin_user_id"?}}, the first administrator. */
    record KnownTenant(
            String id,
            String code,
            @JsonProperty("admin_user_id") @Nullable String adminUserId) {

        static KnownTenant of(Tenant tenant) {
            var admin = tenant.admins().isEmpty() ? null : tenant.admins().getFirst();
            return new KnownTenant(tenant.id(), tenant.code(), admin);
        }
    }

    @GetMapping("/internal/tenants")
    List<KnownTenant> all(Caller caller) {
        return service.list(caller).stream().map(KnownTenant::of).toList();
    }
}

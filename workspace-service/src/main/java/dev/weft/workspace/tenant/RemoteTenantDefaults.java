package dev.weft.workspace.tenant;

import dev.weft.common.access.Caller;
import dev.weft.common.remote.RemoteCalls;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;

/** Asks identity-service. */
@Service
@EnableFeignClients(clients = RemoteTenantDefaults.Tenants.class)
class RemoteTenantDefaults implements TenantDefaultsSource, KnownTenants {

    /** identity-service's door for tenants. */
    @FeignClient(name = "tenants", contextId = "tenant-defaults", url = "${weft.services.identity}")
    interface Tenants {
        @GetMapping("/internal/tenants/{id}")
        TenantDefaults find(@RequestHeader("Authorization") String bearer, @PathVariable("id") String id);
    }

    private final Tenants tenants;
    private final RemoteCalls calls;

    RemoteTenantDefaults(Tenants tenants, RemoteCalls calls) {
        this.tenants = tenants;
        this.calls = calls;
    }

    @Override
    public TenantDefaults of(Caller caller, String tenantId) {
        return calls.read("identity", () -> tenants.find(caller.bearer(), tenantId));
    }

    @Override
    public boolean exists(Caller caller, String tenantId) {
        return calls.find("identity", () -> tenants.find(caller.bearer(), tenantId))
                .isPresent();
    }
}

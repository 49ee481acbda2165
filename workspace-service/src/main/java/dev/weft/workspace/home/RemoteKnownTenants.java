package dev.weft.workspace.home;

import dev.weft.common.access.ServiceTokens;
import dev.weft.common.remote.RemoteCalls;
import java.util.List;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;

/** Asks identity-service, as this service. */
@Service
@EnableFeignClients(clients = RemoteKnownTenants.KnownTenantApi.class)
class RemoteKnownTenants implements KnownTenants {

    /** identity-service's inside. */
    @FeignClient(name = "known-tenants", url = "${weft.services.identity}")
    interface KnownTenantApi {
        @GetMapping("/internal/tenants")
        List<KnownTenant> tenants(@RequestHeader("Authorization") String bearer);
    }

    private final KnownTenantApi api;
    private final RemoteCalls calls;
    private final ServiceTokens tokens;

    RemoteKnownTenants(KnownTenantApi api, RemoteCalls calls, ServiceTokens tokens) {
        this.api = api;
        this.calls = calls;
        this.tokens = tokens;
    }

    @Override
    public List<KnownTenant> list() {
        var bearer = tokens.bearer();
        return calls.read("identity", () -> api.tenants(bearer));
    }
}

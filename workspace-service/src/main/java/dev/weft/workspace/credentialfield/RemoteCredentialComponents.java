package dev.weft.workspace.credentialfield;

import dev.weft.common.access.Caller;
import dev.weft.common.remote.RemoteCalls;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;

/** Asks component-registry, as the caller. */
@Service
@EnableFeignClients(clients = RemoteCredentialComponents.CredentialComponentApi.class)
class RemoteCredentialComponents implements CredentialComponents {

    /** component-registry's inside. */
    @FeignClient(name = "credential-components", url = "${weft.services.registry}")
    interface CredentialComponentApi {
        @GetMapping("/internal/components/{id}")
        Described component(
                @RequestHeader("Authorization") String bearer,
                @PathVariable("id") String id,
                @RequestParam("workspace") String workspace);
    }

    /** {@code {"id","name","usable","descriptor"}}; a component without version has no descriptor. */
    record Described(
            String id,
            String name,
            boolean usable,
            @Nullable JsonNode descriptor) {}

    private final CredentialComponentApi api;
    private final RemoteCalls calls;

    RemoteCredentialComponents(CredentialComponentApi api, RemoteCalls calls) {
        this.api = api;
        this.calls = calls;
    }

    @Override
    public Optional<CredentialComponent> find(Caller caller, String componentId, String workspaceId) {
        return calls.find("registry", () -> component(api.component(caller.bearer(), componentId, workspaceId)));
    }

    private static CredentialComponent component(Described found) {
        return new CredentialComponent(found.id(), found.name(), found.usable(), fields(found));
    }

    private static CredentialFields fields(Described found) {
        return found.descriptor() == null ? CredentialFields.none() : CredentialFields.of(found.descriptor());
    }
}

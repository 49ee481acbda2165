package dev.weft.workspace.componentuse;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weft.common.access.Caller;
import dev.weft.common.remote.RemoteCalls;
import dev.weft.workspace.workspacerecord.Workspace;
import java.util.List;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** Asks flow-service what is used, and component-registry which of it is listed nowhere. */
@Service
@EnableFeignClients(
        clients = {RemoteUnlistedComponents.ComponentUseApi.class, RemoteUnlistedComponents.ComponentListApi.class})
class RemoteUnlistedComponents implements UnlistedComponents {

    /** flow-service's inside. */
    @FeignClient(name = "unlisted-component-uses", url = "${weft.services.flow}")
    interface ComponentUseApi {
        @GetMapping("/internal/flows/components")
        Used components(@RequestHeader("Authorization") String bearer, @RequestParam("workspace") String workspace);
    }

    /** component-registry's inside. */
    @FeignClient(name = "component-lists", url = "${weft.services.registry}")
    interface ComponentListApi {
        @PostMapping("/internal/components/unlisted")
        List<String> unlisted(@RequestHeader("Authorization") String bearer, @RequestBody Asked asked);
    }

    /** {@code {"component_ids":[..]}}. */
    record Used(@JsonProperty("component_ids") List<String> componentIds) {}

    /** {@code {"contract","ids":[..]}}. */
    record Asked(List<String> ids) {}

    private final ComponentUseApi flows;
    private final ComponentListApi registry;
    private final RemoteCalls calls;

    RemoteUnlistedComponents(ComponentUseApi flows, ComponentListApi registry, RemoteCalls calls) {
        this.flows = flows;
        this.registry = registry;
        this.calls = calls;
    }

    @Override
    public List<String> usedIn(Caller caller, Workspace workspace) {
        var used = calls.read(
                "flow",
                () -> List.copyOf(
                        flows.components(caller.bearer(), workspace.id()).componentIds()));
        if (used.isEmpty()) {
            return used;
        }
        var asked = new Asked(used);
        return calls.read("registry", () -> List.copyOf(registry.unlisted(caller.bearer(), asked)));
    }
}

package dev.weft.workspace.deletion;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weft.common.access.Caller;
import dev.weft.common.remote.RemoteCalls;
import java.util.List;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;

/** Asks component-registry once, and flow-service once if there are components at all, as the caller. */
@Service
@EnableFeignClients(clients = {RemoteContractUses.OwnedApi.class, RemoteContractUses.UsedApi.class})
class RemoteContractUses implements ContractUses {

    /** component-registry's inside. */
    @FeignClient(name = "contract-components", url = "${weft.services.registry}")
    interface OwnedApi {
        @GetMapping("/internal/contracts/{id}/components")
        Owned components(@RequestHeader("Authorization") String bearer, @PathVariable("id") String id);
    }

    /** flow-service's inside. */
    @FeignClient(name = "component-uses", url = "${weft.services.flow}")
    interface UsedApi {
        @PostMapping("/internal/flows/using-components")
        Using flows(@RequestHeader("Authorization") String bearer, @RequestBody Question question);
    }

    /** {@code {"component_ids":[..]}}. */
    record Owned(@JsonProperty("component_ids") List<String> componentIds) {}

    /** The flows of other contracts than this one are meant. */
    record Question(String contract, List<String> components) {}

    /** {@code {"flow_ids":[..]}}. */
    record Using(@JsonProperty("flow_ids") List<String> flowIds) {}

    private final OwnedApi registry;
    private final UsedApi flows;
    private final RemoteCalls calls;

    RemoteContractUses(OwnedApi registry, UsedApi flows, RemoteCalls calls) {
        this.registry = registry;
        this.flows = flows;
        this.calls = calls;
    }

    @Override
    public List<String> flowsOfOthers(Caller caller, String contractId) {
        var components = calls.read(
                "registry",
                () -> List.copyOf(
                        registry.components(caller.bearer(), contractId).componentIds()));
        return components.isEmpty()
                ? List.of()
                : calls.read(
                        "flow",
                        () -> List.copyOf(flows.flows(caller.bearer(), new Question(contractId, components))
                                .flowIds()));
    }
}

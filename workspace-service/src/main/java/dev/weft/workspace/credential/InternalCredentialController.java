package dev.weft.workspace.credential;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weft.common.access.Caller;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Credentials for other services: the values for those who run steps, the component for those who check graphs. */
@RestController
@RequestMapping("/internal/credentials")
class InternalCredentialController {

    private final CredentialService service;

    InternalCredentialController(CredentialService service) {
        this.service = service;
    }

    /** {@code {"id","workspace_id","component_id","keys":{..}}}, the keys in clear. */
    record HandedOut(
            String id,
            @JsonProperty("workspace_id") String workspaceId,
            @JsonProperty("component_id") String componentId,
            ObjectNode keys) {

        @Override
        public String toString() {
            return "HandedOut[" + id + "]";
        }
    }

    /** {@code {"component_id"}}. */
    record Reference(@JsonProperty("component_id") String componentId) {}

    @GetMapping("/{id}")
    HandedOut handOut(Caller caller, @PathVariable String id) {
        var credential = service.handOut(caller, id);
        return new HandedOut(
                credential.id(),
                credential.workspaceId(),
                credential.componentId(),
                credential.keys().values());
    }

    /** 404 when the workspace has no such credential. */
    @GetMapping("/{id}/reference")
    Reference reference(Caller caller, @PathVariable String id, @RequestParam String workspace) {
        return service.componentOf(caller, id, workspace)
                .map(Reference::new)
                .orElseThrow(() -> CredentialProblem.unknown(id).exception());
    }

    /** {@code {"lacks":["auth is missing."]}}. */
    record Readiness(List<String> lacks) {}

    /** 404 when the workspace has no such credential. */
    @GetMapping("/{id}/readiness")
    Readiness readiness(Caller caller, @PathVariable String id, @RequestParam String workspace) {
        return service.lackedBy(caller, id, workspace)
                .map(Readiness::new)
                .orElseThrow(() -> CredentialProblem.unknown(id).exception());
    }
}

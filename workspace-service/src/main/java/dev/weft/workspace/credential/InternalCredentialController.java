package dev.weft.workspace.credential;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weft.common.access.Caller;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Credentials for other services: the values for those who run steps, the component for those who check graphs. */
@RestController
@RequestMapping("/internal/credentials")
class InternalCredentialController {

    private final InternalCredentialService service;

    InternalCredentialController(InternalCredentialService service) {
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

    @GetMapping("/{id}")
    HandedOut handOut(Caller caller, @PathVariable String id) {
        var credential = service.handOut(caller, id);
        return new HandedOut(
                credential.id(),
                credential.workspaceId(),
                credential.componentId(),
                credential.keys().values());
    }

    /** {@code {"workspace","ids":[..]}}: the credentials of one graph. */
    record Question(String workspace, List<String> ids) {}

    /** {@code {"<id>":"<component>"}}, without those that the workspace does not have. */
    @PostMapping("/components")
    Map<String, String> components(Caller caller, @RequestBody Question question) {
        return service.componentsOf(caller, question.workspace(), question.ids());
    }

    /** {@code {"<id>":["auth is missing."]}}, without those that the workspace does not have. */
    @PostMapping("/readiness")
    Map<String, List<String>> readiness(Caller caller, @RequestBody Question question) {
        return service.lackedBy(caller, question.workspace(), question.ids());
    }
}

package dev.weft.registry.component;

import dev.weft.common.access.Caller;
import dev.weft.common.jsonapi.Document;
import dev.weft.common.jsonapi.ListQuery;
import jakarta.servlet.http.HttpServletRequest;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The components usable in a workspace; the contract's path is singular, the plural one an alias. */
@RestController
@RequestMapping({"/v2/workspace/{workspaceId}/components", "/v2/workspaces/{workspaceId}/components"})
class WorkspaceComponentController {

    private final ComponentService service;

    WorkspaceComponentController(ComponentService service) {
        this.service = service;
    }

    @GetMapping
    Document list(Caller caller, @PathVariable String workspaceId, HttpServletRequest request) {
        var query = ListQuery.of(request, ListQuery.Rules.whole());
        return ComponentPage.of(service.listOfWorkspace(caller, workspaceId), query, ComponentResource::inWorkspace);
    }

    @GetMapping("/{id}")
    Document get(Caller caller, @PathVariable String workspaceId, @PathVariable String id) {
        var component = service.getOfWorkspace(caller, workspaceId, id);
        return Document.of(ComponentResource.inWorkspace(component), ComponentResource.included(Stream.of(component)));
    }
}

package dev.weft.workspace.workspace;

import dev.weft.common.access.Caller;
import dev.weft.common.jsonapi.Document;
import dev.weft.common.jsonapi.ListQuery;
import dev.weft.common.jsonapi.Resource;
import dev.weft.workspace.inviterecord.InviteResource;
import dev.weft.workspace.membership.MemberResource;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v2/workspaces}. Creating answers 200, as the contract's source shows it. */
@RestController
@RequestMapping("/v2/workspaces")
class WorkspaceController {

    private static final ListQuery.Rules LIST = ListQuery.Rules.paged(20);
    private static final ListQuery.Rules SINGLE = ListQuery.Rules.whole().includes("members", "invites");

    private final WorkspaceService service;
    private final WorkspaceChangeService changes;

    WorkspaceController(WorkspaceService service, WorkspaceChangeService changes) {
        this.service = service;
        this.changes = changes;
    }

    @PostMapping
    Document create(Caller caller, @RequestBody(required = false) @Nullable JsonNode body) {
        var request = new WorkspaceRequest(body);
        var created =
                changes.create(caller, request.contractId(), () -> request.creation(id -> service.exists(caller, id)));
        return Document.of(WorkspaceResource.of(created));
    }

    @GetMapping
    Document list(Caller caller, HttpServletRequest request) {
        var query = ListQuery.of(request, LIST);
        var found = service.list(
                caller,
                new WorkspaceListing(
                        query.optionalId("contract_id").orElse(null),
                        query.first("tenant_id").orElse(null),
                        query.page().skip(),
                        query.page().size()));
        return Document.page(
                found.workspaces().stream().map(WorkspaceResource::of).toList(), found.cut(), found.total(), query);
    }

    @GetMapping("/{id}")
    Document get(Caller caller, @PathVariable String id, HttpServletRequest request) {
        var includes = ListQuery.of(request, SINGLE).includes();
        var workspace = service.get(caller, id);
        var invites = service.invites(caller, id);
        var resource = WorkspaceResource.ofOne(workspace, invites);
        if (includes.isEmpty()) {
            return Document.of(resource);
        }
        var included = new ArrayList<Resource>();
        // Those of the relationships, whoever comes or goes meanwhile.
        if (includes.contains("members")) {
            service.membersOf(caller, workspace).forEach(one -> included.add(MemberResource.ofWorkspace(one)));
        }
        if (includes.contains("invites")) {
            invites.forEach(one -> included.add(InviteResource.ofWorkspace(one, id)));
        }
        return Document.of(resource, List.copyOf(included));
    }

    @PatchMapping("/{id}")
    Document change(Caller caller, @PathVariable String id, @RequestBody(required = false) @Nullable JsonNode body) {
        var request = new WorkspaceRequest(body);
        var changed = changes.change(caller, id, request.attributes(), () -> request.change(id));
        return Document.of(WorkspaceResource.of(changed));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String id) {
        changes.delete(caller, id);
    }
}

package dev.weft.workspace.invite;

import dev.weft.common.access.Caller;
import dev.weft.common.jsonapi.Document;
import dev.weft.common.jsonapi.ListQuery;
import dev.weft.workspace.inviterecord.InviteResource;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v2/workspaces/{id}/invites}. */
@RestController
@RequestMapping("/v2/workspaces/{id}/invites")
class WorkspaceInviteController {

    private final WorkspaceInviteService service;
    private final ContractInviteService invites;

    WorkspaceInviteController(WorkspaceInviteService service, ContractInviteService invites) {
        this.service = service;
        this.invites = invites;
    }

    @GetMapping
    Document list(Caller caller, @PathVariable String id, HttpServletRequest request) {
        var query = ListQuery.of(request, ListQuery.Rules.whole());
        var found = service.list(caller, id).stream()
                .map(invite -> InviteResource.ofWorkspace(invite, id))
                .toList();
        return Document.list(found, query);
    }

    @GetMapping("/{inviteId}")
    Document get(Caller caller, @PathVariable String id, @PathVariable String inviteId) {
        return Document.of(InviteResource.ofWorkspace(service.get(caller, id, inviteId), id));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Document create(Caller caller, @PathVariable String id, @RequestBody(required = false) @Nullable JsonNode body) {
        var created = service.create(
                caller, id, () -> new InviteRequest(body).intoWorkspace(id, other -> invites.exists(caller, other)));
        return Document.of(InviteResource.ofWorkspace(created, id));
    }

    @DeleteMapping("/{inviteId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void withdraw(Caller caller, @PathVariable String id, @PathVariable String inviteId) {
        service.withdraw(caller, id, inviteId);
    }
}

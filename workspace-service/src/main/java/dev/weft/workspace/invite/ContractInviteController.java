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
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v2/contracts/{id}/invites}. */
@RestController
@RequestMapping("/v2/contracts/{id}/invites")
class ContractInviteController {

    private final ContractInviteService service;

    ContractInviteController(ContractInviteService service) {
        this.service = service;
    }

    @GetMapping
    Document list(Caller caller, @PathVariable String id, HttpServletRequest request) {
        var query = ListQuery.of(request, ListQuery.Rules.whole());
        var invites = service.list(caller, id).stream()
                .map(InviteResource::ofContract)
                .toList();
        return Document.list(invites, query);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Document create(Caller caller, @PathVariable String id, @RequestBody(required = false) @Nullable JsonNode body) {
        var created = service.create(
                caller, id, () -> new InviteRequest(body).intoContract(other -> service.exists(caller, other)));
        return Document.of(InviteResource.ofContract(created));
    }

    @PatchMapping("/{inviteId}")
    Document change(
            Caller caller,
            @PathVariable String id,
            @PathVariable String inviteId,
            @RequestBody(required = false) @Nullable JsonNode body) {
        var changed = service.change(caller, id, inviteId, () -> new InviteRequest(body).change(inviteId));
        return Document.of(InviteResource.ofContract(changed));
    }

    @DeleteMapping("/{inviteId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void withdraw(Caller caller, @PathVariable String id, @PathVariable String inviteId) {
        service.withdraw(caller, id, inviteId);
    }
}

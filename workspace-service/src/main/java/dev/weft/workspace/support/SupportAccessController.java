package dev.weft.workspace.support;

import dev.weft.common.access.Caller;
import dev.weft.common.jsonapi.Document;
import dev.weft.workspace.membership.MemberResource;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v2/workspaces/{id}/members/support}: no user has that id. Bodies are not read. */
@RestController
@RequestMapping("/v2/workspaces/{id}/members/support")
class SupportAccessController {

    private final SupportAccessService service;

    SupportAccessController(SupportAccessService service) {
        this.service = service;
    }

    @PatchMapping
    Document grant(Caller caller, @PathVariable String id) {
        return Document.of(MemberResource.ofWorkspace(service.grant(caller, id)));
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(Caller caller, @PathVariable String id) {
        service.revoke(caller, id);
    }
}

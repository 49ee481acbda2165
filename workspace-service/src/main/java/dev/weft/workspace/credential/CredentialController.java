package dev.weft.workspace.credential;

import dev.weft.common.access.Caller;
import dev.weft.common.jsonapi.Document;
import dev.weft.common.jsonapi.ListQuery;
import dev.weft.workspace.credentialrecord.CredentialListing;
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

/** {@code /v2/credentials}. */
@RestController
@RequestMapping("/v2/credentials")
class CredentialController {

    private static final ListQuery.Rules LIST = ListQuery.Rules.whole().filters("component");

    private final CredentialService service;
    private final CredentialChangeService changes;

    CredentialController(CredentialService service, CredentialChangeService changes) {
        this.service = service;
        this.changes = changes;
    }

    @GetMapping
    Document list(Caller caller, HttpServletRequest request) {
        var query = ListQuery.of(request, LIST);
        var page = query.page();
        var found = service.list(
                caller,
                new CredentialListing(
                        query.requireId("workspace_id"), query.idFilter("component"), page.skip(), page.size()));
        var items = found.credentials().stream().map(CredentialResource::of).toList();
        return Document.list(items, found.cut(), found.total(), query);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Document create(Caller caller, @RequestBody(required = false) @Nullable JsonNode body) {
        var request = new CredentialRequest(body);
        var created =
                changes.create(caller, request.workspaceId(), () -> request.creation(id -> service.exists(caller, id)));
        return Document.of(CredentialResource.of(created));
    }

    @GetMapping("/{id}")
    Document get(Caller caller, @PathVariable String id) {
        return Document.of(CredentialResource.of(service.get(caller, id)));
    }

    @PatchMapping("/{id}")
    Document change(Caller caller, @PathVariable String id, @RequestBody(required = false) @Nullable JsonNode body) {
        var changed = changes.change(caller, id, () -> new CredentialRequest(body).change(id));
        return Document.of(CredentialResource.of(changed));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String id) {
        changes.delete(caller, id);
    }
}

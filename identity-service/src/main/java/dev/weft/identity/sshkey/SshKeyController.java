package dev.weft.identity.sshkey;

import dev.weft.common.access.Caller;
import dev.weft.common.jsonapi.Document;
import dev.weft.common.jsonapi.ListQuery;
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

/** {@code /v2/sshkeys} (api-v2 4.6). */
@RestController
@RequestMapping("/v2/sshkeys")
class SshKeyController {

    private final SshKeyService service;

    SshKeyController(SshKeyService service) {
        this.service = service;
    }

    @GetMapping
    Document list(Caller caller, HttpServletRequest request) {
        var query = ListQuery.of(request, ListQuery.Rules.whole());
        var found = service.list(caller, query.page().skip(), query.page().size());
        var keys = found.keys().stream().map(SshKeyResource::of).toList();
        return Document.list(keys, found.cut(), found.total(), query);
    }

    @GetMapping("/{id}")
    Document get(Caller caller, @PathVariable("id") String id) {
        return Document.of(SshKeyResource.of(service.get(caller, id)));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Document add(Caller caller, @RequestBody(required = false) @Nullable JsonNode body) {
        var added = service.add(caller, () -> new SshKeyRequest(body).creation(id -> service.exists(caller, id)));
        return Document.of(SshKeyResource.of(added));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(Caller caller, @PathVariable("id") String id) {
        service.remove(caller, id);
    }
}

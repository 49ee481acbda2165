package dev.weft.workspace.oauthclient;

import dev.weft.common.access.Caller;
import dev.weft.common.jsonapi.Document;
import dev.weft.common.jsonapi.ListQuery;
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

/** {@code /v2/tenants/{id}/oauth-clients} (api-v2 12). */
@RestController
@RequestMapping("/v2/tenants/{tenant}/oauth-clients")
class OAuthClientController {

    private final OAuthClientService service;

    OAuthClientController(OAuthClientService service) {
        this.service = service;
    }

    @GetMapping
    Document list(Caller caller, @PathVariable("tenant") String tenant, HttpServletRequest request) {
        var query = ListQuery.of(request, ListQuery.Rules.whole());
        var found =
                service.list(caller, tenant, query.page().skip(), query.page().size());
        var clients = found.clients().stream().map(OAuthClientResource::of).toList();
        return Document.list(clients, found.cut(), found.total(), query);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Document create(
            Caller caller,
            @PathVariable("tenant") String tenant,
            @RequestBody(required = false) @Nullable JsonNode body) {
        var made = service.create(
                caller, tenant, () -> new OAuthClientRequest(body).creation(id -> service.exists(caller, id)));
        return Document.of(OAuthClientResource.of(made));
    }

    @GetMapping("/{id}")
    Document get(Caller caller, @PathVariable("tenant") String tenant, @PathVariable("id") String id) {
        return Document.of(OAuthClientResource.of(service.get(caller, tenant, id)));
    }

    @PatchMapping("/{id}")
    Document change(
            Caller caller,
            @PathVariable("tenant") String tenant,
            @PathVariable("id") String id,
            @RequestBody(required = false) @Nullable JsonNode body) {
        var changed = service.change(caller, tenant, id, () -> new OAuthClientRequest(body).change(id));
        return Document.of(OAuthClientResource.of(changed));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable("tenant") String tenant, @PathVariable("id") String id) {
        service.delete(caller, tenant, id);
    }
}

package dev.weft.identity.account;

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
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v2/tenants/{id}/mesh-account} and its clients (api-v2 12a). */
@RestController
@RequestMapping("/v2/tenants/{tenant}/mesh-account")
class MeshAccountController {

    private final MeshAccountService service;

    MeshAccountController(MeshAccountService service) {
        this.service = service;
    }

    @GetMapping
    Document get(Caller caller, @PathVariable("tenant") String tenant) {
        return Document.of(MeshAccountResource.of(service.get(caller, tenant)));
    }

    @PutMapping
    Document change(
            Caller caller,
            @PathVariable("tenant") String tenant,
            @RequestBody(required = false) @Nullable JsonNode body) {
        var changed = service.change(caller, tenant, () -> new MeshAccountRequest(body).change(tenant));
        return Document.of(MeshAccountResource.of(changed));
    }

    @GetMapping("/clients")
    Document clients(Caller caller, @PathVariable("tenant") String tenant, HttpServletRequest request) {
        var query = ListQuery.of(request, ListQuery.Rules.whole());
        var clients = service.get(caller, tenant).account().clients().stream()
                .map(client -> MeshClientResource.of(tenant, client))
                .toList();
        return Document.list(clients, query);
    }

    @PostMapping("/clients")
    @ResponseStatus(HttpStatus.CREATED)
    Document addClient(
            Caller caller,
            @PathVariable("tenant") String tenant,
            @RequestBody(required = false) @Nullable JsonNode body) {
        var added = service.addClient(
                caller, tenant, () -> new MeshAccountRequest(body).client(id -> service.exists(caller, tenant, id)));
        return Document.of(MeshClientResource.of(tenant, added));
    }

    @GetMapping("/clients/{client}")
    Document client(Caller caller, @PathVariable("tenant") String tenant, @PathVariable("client") String client) {
        return Document.of(MeshClientResource.of(tenant, service.client(caller, tenant, client)));
    }

    @DeleteMapping("/clients/{client}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeClient(Caller caller, @PathVariable("tenant") String tenant, @PathVariable("client") String client) {
        service.removeClient(caller, tenant, client);
    }
}

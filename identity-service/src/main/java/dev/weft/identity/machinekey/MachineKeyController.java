package dev.weft.identity.machinekey;

import dev.weft.common.access.Caller;
import dev.weft.common.access.Scope;
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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v2/contracts/{id}/machine-keys} and {@code /v2/tenants/{id}/machine-keys} (api-v2 12a). */
@RestController
class MachineKeyController {

    private static final String OF_CONTRACT = "/v2/contracts/{contract}/machine-keys";
    private static final String OF_TENANT = "/v2/tenants/{tenant}/machine-keys";

    private final MachineKeyService service;

    MachineKeyController(MachineKeyService service) {
        this.service = service;
    }

    @GetMapping(OF_CONTRACT)
    Document listOfContract(Caller caller, @PathVariable("contract") String contract, HttpServletRequest request) {
        return list(caller, new Scope.Contract(contract), request);
    }

    @GetMapping(OF_TENANT)
    Document listOfTenant(Caller caller, @PathVariable("tenant") String tenant, HttpServletRequest request) {
        return list(caller, new Scope.Tenant(tenant), request);
    }

    private Document list(Caller caller, Scope scope, HttpServletRequest request) {
        var query = ListQuery.of(request, ListQuery.Rules.whole());
        var found =
                service.list(caller, scope, query.page().skip(), query.page().size());
        var keys = found.keys().stream().map(MachineKeyResource::of).toList();
        return Document.list(keys, found.cut(), found.total(), query);
    }

    @PostMapping(OF_CONTRACT)
    @ResponseStatus(HttpStatus.CREATED)
    Document createInContract(
            Caller caller,
            @PathVariable("contract") String contract,
            @RequestBody(required = false) @Nullable JsonNode body) {
        return create(caller, new Scope.Contract(contract), body);
    }

    @PostMapping(OF_TENANT)
    @ResponseStatus(HttpStatus.CREATED)
    Document createInTenant(
            Caller caller,
            @PathVariable("tenant") String tenant,
            @RequestBody(required = false) @Nullable JsonNode body) {
        return create(caller, new Scope.Tenant(tenant), body);
    }

    private Document create(Caller caller, Scope scope, @Nullable JsonNode body) {
        var made = service.create(
                caller, scope, () -> new MachineKeyRequest(body).creation(id -> service.exists(caller, id)));
        return Document.of(MachineKeyResource.withSecret(made));
    }

    @GetMapping(OF_CONTRACT + "/{key}")
    Document getOfContract(Caller caller, @PathVariable("contract") String contract, @PathVariable("key") String key) {
        return Document.of(MachineKeyResource.of(service.get(caller, new Scope.Contract(contract), key)));
    }

    @GetMapping(OF_TENANT + "/{key}")
    Document getOfTenant(Caller caller, @PathVariable("tenant") String tenant, @PathVariable("key") String key) {
        return Document.of(MachineKeyResource.of(service.get(caller, new Scope.Tenant(tenant), key)));
    }

    @DeleteMapping(OF_CONTRACT + "/{key}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revokeInContract(Caller caller, @PathVariable("contract") String contract, @PathVariable("key") String key) {
        service.revoke(caller, new Scope.Contract(contract), key);
    }

    @DeleteMapping(OF_TENANT + "/{key}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revokeInTenant(Caller caller, @PathVariable("tenant") String tenant, @PathVariable("key") String key) {
        service.revoke(caller, new Scope.Tenant(tenant), key);
    }
}

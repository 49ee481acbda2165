package dev.weft.identity.tenant;

import dev.weft.common.access.Caller;
import dev.weft.common.jsonapi.Document;
import dev.weft.common.jsonapi.ListQuery;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v2/tenants} (api-v2 4.1). */
@RestController
@RequestMapping("/v2/tenants")
class TenantController {

    private final TenantService service;
    private final TenantChangeService changes;

    TenantController(TenantService service, TenantChangeService changes) {
        this.service = service;
        this.changes = changes;
    }

    @GetMapping
    Document list(Caller caller, HttpServletRequest request) {
        var query = ListQuery.of(request, ListQuery.Rules.whole());
        var found = service.list(caller, query.page().skip(), query.page().size());
        var tenants = found.tenants().stream().map(TenantResource::of).toList();
        return Document.list(tenants, found.cut(), found.total(), query);
    }

    @GetMapping("/{id}")
    Document get(Caller caller, @PathVariable("id") String id) {
        return Document.of(TenantResource.of(service.get(caller, id)));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Document create(Caller caller, @RequestBody(required = false) @Nullable JsonNode body) {
        var created = changes.create(caller, () -> new TenantRequest(body).creation(service::exists));
        return Document.of(TenantResource.of(created));
    }

    @PatchMapping("/{id}")
    Document change(
            Caller caller, @PathVariable("id") String id, @RequestBody(required = false) @Nullable JsonNode body) {
        var changed = changes.change(caller, id, () -> new TenantRequest(body).change(id));
        return Document.of(TenantResource.of(changed));
    }
}

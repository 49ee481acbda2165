package dev.weft.identity.policy;

import dev.weft.common.access.Caller;
import dev.weft.common.jsonapi.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v2/tenants/{id}/roles} (api-v2 4.2). */
@RestController
@RequestMapping("/v2/tenants/{tenant}/roles")
class PolicyController {

    private final PolicyService service;
    private final PolicyChangeService changes;

    PolicyController(PolicyService service, PolicyChangeService changes) {
        this.service = service;
        this.changes = changes;
    }

    @GetMapping
    Document get(Caller caller, @PathVariable("tenant") String tenant) {
        return Document.of(PolicyResource.of(service.get(caller, tenant)));
    }

    @PatchMapping
    Document change(
            Caller caller,
            @PathVariable("tenant") String tenant,
            @RequestBody(required = false) @Nullable JsonNode body) {
        var changed = changes.change(caller, tenant, () -> new PolicyRequest(body).change(tenant));
        return Document.of(PolicyResource.of(changed));
    }
}

package dev.weft.identity.role;

import dev.weft.common.access.Caller;
import dev.weft.common.jsonapi.Document;
import dev.weft.common.jsonapi.ListQuery;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v2/tenants/{id}/members} (api-v2 4.3). */
@RestController
@RequestMapping("/v2/tenants/{tenant}/members")
class TenantMemberController {

    private final TenantMemberService service;

    TenantMemberController(TenantMemberService service) {
        this.service = service;
    }

    @GetMapping
    Document list(Caller caller, @PathVariable("tenant") String tenant, HttpServletRequest request) {
        var query = ListQuery.of(request, ListQuery.Rules.whole());
        var members = service.list(caller, tenant);
        var resources = members.users().stream()
                .map(user -> TenantMemberResource.of(members.tenant(), user))
                .toList();
        return Document.list(resources, query);
    }

    @PatchMapping("/{user}")
    Document change(
            Caller caller,
            @PathVariable("tenant") String tenant,
            @PathVariable("user") String user,
            @RequestBody(required = false) @Nullable JsonNode body) {
        var members = service.change(caller, tenant, user, () -> new TenantMemberRequest(body).roles(user));
        return Document.of(
                TenantMemberResource.of(members.tenant(), members.users().getFirst()));
    }
}

package dev.weft.identity.audit;

import dev.weft.common.access.Caller;
import dev.weft.common.audit.AuditActions;
import dev.weft.common.jsonapi.Document;
import dev.weft.common.jsonapi.ListQuery;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v2/audit} (api-v2 11.8). */
@RestController
class AuditController {

    private final AuditService service;
    private final AuditActions actions;

    AuditController(AuditService service, AuditActions actions) {
        this.service = service;
        this.actions = actions;
    }

    @GetMapping("/v2/audit")
    Document list(Caller caller, HttpServletRequest request) {
        var query = ListQuery.of(request, AuditListing.RULES);
        var listing = new AuditListing(query, actions);
        var page = query.page();
        var found = service.list(caller, listing.contractId(), () -> listing.filter(caller), page.skip(), page.size());
        return Document.page(found.entries().stream().map(AuditResource::of).toList(), found.total(), query);
    }
}

package dev.weft.flow.version;

import dev.weft.common.access.Caller;
import dev.weft.common.jsonapi.Document;
import dev.weft.common.jsonapi.ListQuery;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v2/flows/{id}/versions} (api-v2 9.6). */
@RestController
@RequestMapping("/v2/flows/{flowId}/versions")
class VersionController {

    private static final ListQuery.Rules LIST = ListQuery.Rules.paged(50);

    private final VersionService service;

    VersionController(VersionService service) {
        this.service = service;
    }

    @GetMapping
    Document list(Caller caller, @PathVariable String flowId, HttpServletRequest request) {
        var query = ListQuery.of(request, LIST);
        var page =
                service.list(caller, flowId, query.page().skip(), query.page().size());
        return Document.page(
                page.versions().stream().map(VersionResource::of).toList(), page.cut(), page.total(), query);
    }

    @GetMapping("/{version}")
    Document get(Caller caller, @PathVariable String flowId, @PathVariable String version) {
        return Document.of(VersionResource.of(service.get(caller, flowId, version)));
    }
}

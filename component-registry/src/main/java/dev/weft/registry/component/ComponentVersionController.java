package dev.weft.registry.component;

import dev.weft.common.jsonapi.Document;
import dev.weft.common.jsonapi.ListQuery;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Versions and descriptors, below their component and by revision alone. */
@RestController
class ComponentVersionController {

    private final ComponentService service;

    ComponentVersionController(ComponentService service) {
        this.service = service;
    }

    @GetMapping("/v2/components/{id}/versions")
    Document list(@PathVariable String id, HttpServletRequest request) {
        var query = ListQuery.of(request, ListQuery.Rules.whole());
        var versions = List.of(ComponentResource.version(service.get(id)));
        return query.isPaged()
                ? Document.page(query.page().number() == 1 ? versions : List.of(), versions.size(), query)
                : Document.list(versions, query.path());
    }

    @GetMapping("/v2/components/{id}/versions/{version}")
    Document get(@PathVariable String id, @PathVariable String version) {
        return Document.of(ComponentResource.version(service.getVersion(id, version)));
    }

    @GetMapping("/v2/components/{id}/versions/{version}/descriptor")
    Document descriptor(@PathVariable String id, @PathVariable String version) {
        return Document.of(ComponentResource.descriptor(service.getVersion(id, version)));
    }

    @DeleteMapping("/v2/components/{id}/versions/{version}")
    void delete(@PathVariable String id, @PathVariable String version) {
        service.refuseChange(service.getVersion(id, version).id());
    }

    @GetMapping("/v2/versions/{revision}")
    Document getByRevision(@PathVariable String revision) {
        return Document.of(ComponentResource.version(service.getRevision(revision)));
    }

    @GetMapping("/v2/descriptors/{revision}")
    Document descriptorByRevision(@PathVariable String revision) {
        return Document.of(ComponentResource.descriptor(service.getRevision(revision)));
    }
}

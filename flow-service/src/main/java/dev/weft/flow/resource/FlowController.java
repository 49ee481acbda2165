package dev.weft.flow.resource;

import dev.weft.common.access.Caller;
import dev.weft.common.jsonapi.Document;
import dev.weft.common.jsonapi.ListQuery;
import dev.weft.common.jsonapi.RequestDocument;
import dev.weft.flow.flow.FlowRepository.FlowListing;
import dev.weft.flow.version.FlowRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /v2/flows} (api-v2 9.5): requests become calls of {@link FlowService}, flows become documents. */
@RestController
@RequestMapping("/v2/flows")
class FlowController {

    private static final ListQuery.Rules LIST = ListQuery.Rules.paged(50)
            .filters("has_draft", "status", "type", "user")
            .sorts("created_at", "updated_at", "name");

    private final FlowService service;
    private final JsonMapper json;

    FlowController(FlowService service, JsonMapper json) {
        this.service = service;
        this.json = json;
    }

    @PostMapping
    ResponseEntity<Document> create(Caller caller, @RequestBody(required = false) @Nullable JsonNode body) {
        // Only the place is read before the permission is checked: other faults are shown to those who may write there
        // (api-v2 1.3).
        var workspace = RequestDocument.scopeOf(body, "workspace");
        var flow = service.create(caller, workspace, () -> {
            var document = RequestDocument.of(body, "flow").withoutId(id -> service.exists(caller, id));
            document.related("workspace", "workspace");
            return new FlowRequest(json, document).toMake();
        });
        return FlowResource.answer(HttpStatus.CREATED.value(), flow);
    }

    @GetMapping
    Document list(Caller caller, HttpServletRequest request) {
        var query = ListQuery.of(request, LIST);
        var listing = new FlowListing(
                query.requireId("workspace_id"),
                query.filter("has_draft", Set.of("true", "false")),
                query.filter("status", Set.of("active", "inactive", "suspended")),
                query.filter("type", Set.of("ordinary", "long_running")),
                query.idFilter("user"),
                query.first("search").map(String::trim).orElse(""),
                query.sort().map(ListQuery.Sort::field),
                query.sort().map(ListQuery.Sort::descending).orElse(false),
                query.page().skip(),
                query.page().size());
        var page = service.list(caller, listing);
        return Document.page(page.flows().stream().map(FlowResource::of).toList(), page.cut(), page.total(), query);
    }

    @GetMapping("/{id}")
    ResponseEntity<Document> get(Caller caller, @PathVariable String id) {
        return FlowResource.answer(HttpStatus.OK.value(), service.get(caller, id));
    }

    @PatchMapping("/{id}")
    ResponseEntity<Document> patch(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody(required = false) @Nullable JsonNode body) {
        var flow = service.patch(
                caller,
                id,
                ifMatch,
                () -> new FlowRequest(json, RequestDocument.of(body, "flow").forId(id, true)).toChange());
        return FlowResource.answer(HttpStatus.OK.value(), flow);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        service.delete(caller, id, ifMatch);
    }
}

package dev.weft.flow.draft;

import dev.weft.common.access.Caller;
import dev.weft.common.jsonapi.Document;
import dev.weft.common.jsonapi.RequestDocument;
import dev.weft.flow.resource.FlowResource;
import dev.weft.flow.version.FlowRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /v2/flows/{id}/draft} (api-v2 9.7). */
@RestController
@RequestMapping("/v2/flows/{flowId}/draft")
class DraftController {

    private final DraftService service;
    private final JsonMapper json;

    DraftController(DraftService service, JsonMapper json) {
        this.service = service;
        this.json = json;
    }

    @GetMapping
    ResponseEntity<Document> get(Caller caller, @PathVariable String flowId) {
        return DraftResource.answer(flowId, service.get(caller, flowId));
    }

    @PutMapping
    ResponseEntity<Document> put(
            Caller caller,
            @PathVariable String flowId,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody(required = false) @Nullable JsonNode body) {
        var draft = service.put(
                caller, flowId, ifMatch, () -> new FlowRequest(json, RequestDocument.of(body, "flow-draft")).toDraft());
        return DraftResource.answer(flowId, draft);
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(
            Caller caller,
            @PathVariable String flowId,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        service.delete(caller, flowId, ifMatch);
    }

    @PostMapping("/publish")
    ResponseEntity<Document> publish(
            Caller caller,
            @PathVariable String flowId,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return FlowResource.answer(HttpStatus.OK.value(), service.publish(caller, flowId, ifMatch));
    }
}

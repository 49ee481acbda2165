package dev.weft.workspace.quota;

import dev.weft.common.access.Caller;
import dev.weft.common.jsonapi.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v2/quotas/{type}/{context}} (api-v2 12). */
@RestController
@RequestMapping("/v2/quotas/{type}/{context}")
class QuotaController {

    private final QuotaService service;

    QuotaController(QuotaService service) {
        this.service = service;
    }

    @GetMapping
    Document get(Caller caller, @PathVariable("type") String type, @PathVariable("context") String context) {
        return Document.of(QuotaResource.of(service.get(caller, type, context)));
    }

    @PutMapping
    Document put(
            Caller caller,
            @PathVariable("type") String type,
            @PathVariable("context") String context,
            @RequestBody(required = false) @Nullable JsonNode body) {
        return Document.of(QuotaResource.of(service.put(caller, type, context, () -> new QuotaRequest(body).limit())));
    }
}

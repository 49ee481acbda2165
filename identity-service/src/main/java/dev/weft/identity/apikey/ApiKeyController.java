package dev.weft.identity.apikey;

import dev.weft.common.access.Caller;
import dev.weft.common.jsonapi.Document;
import dev.weft.common.jsonapi.Resource;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /v2/users/me/generate-api-key} (api-v2 2): {@code {"type":"api-key","attributes":{"api_key"}}}. */
@RestController
class ApiKeyController {

    private final ApiKeyService service;

    ApiKeyController(ApiKeyService service) {
        this.service = service;
    }

    @PostMapping("/v2/users/me/generate-api-key")
    Document generate(Caller caller) {
        return Document.of(Resource.of("api-key", caller.id(), null).attribute("api_key", service.generate(caller)));
    }
}

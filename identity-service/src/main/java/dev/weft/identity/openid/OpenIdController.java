package dev.weft.identity.openid;

import dev.weft.common.access.Caller;
import dev.weft.common.jsonapi.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v2/users/{user}/openid/identities} (api-v2 4.5). */
@RestController
@RequestMapping("/v2/users/{user}/openid/identities")
class OpenIdController {

    private final OpenIdService service;

    OpenIdController(OpenIdService service) {
        this.service = service;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Document add(Caller caller, @PathVariable String user, @RequestBody(required = false) @Nullable JsonNode body) {
        var added = service.add(caller, user, () -> new OpenIdRequest(body).creation(id -> service.exists(caller, id)));
        return Document.of(OpenIdResource.of(added));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(Caller caller, @PathVariable String user, @PathVariable String id) {
        service.remove(caller, user, id);
    }
}

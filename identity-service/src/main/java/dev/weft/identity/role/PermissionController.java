package dev.weft.identity.role;

import dev.weft.common.access.Caller;
import dev.weft.common.jsonapi.Document;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v2/permissions} (api-v2 4.4). */
@RestController
class PermissionController {

    private final PermissionService service;

    PermissionController(PermissionService service) {
        this.service = service;
    }

    @GetMapping("/v2/permissions")
    Document list(Caller caller) {
        return Document.nameless("permissions", Map.of("permissions", service.names(caller)));
    }
}

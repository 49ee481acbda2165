package dev.weft.registry.component;

import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What workspace-service asks before a contract is deleted. */
@RestController
class InternalComponentController {

    private final ComponentService service;

    InternalComponentController(ComponentService service) {
        this.service = service;
    }

    /** The components that the contract owns, none as long as all are built in: {@code {"component_ids":[..]}}. */
    @GetMapping("/internal/contracts/{id}/components")
    Map<String, List<String>> ownedBy(@PathVariable String id) {
        return Map.of("component_ids", service.ownedBy(id));
    }
}

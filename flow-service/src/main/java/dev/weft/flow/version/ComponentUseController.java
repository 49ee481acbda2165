package dev.weft.flow.version;

import dev.weft.common.access.Caller;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /internal/component-uses}: {@code {"flow_ids":[..]}}, what other services ask before a component loses something. */
@RestController
class ComponentUseController {

    private final ComponentUseService service;

    ComponentUseController(ComponentUseService service) {
        this.service = service;
    }

    @GetMapping("/internal/component-uses")
    Map<String, List<String>> uses(
            Caller caller, @RequestParam String tenant, @RequestParam String component, @RequestParam String command) {
        return Map.of("flow_ids", service.flowsUsing(caller, tenant, component, command));
    }
}

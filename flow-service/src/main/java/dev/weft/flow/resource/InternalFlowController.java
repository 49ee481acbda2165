package dev.weft.flow.resource;

import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What other services ask about flows. */
@RestController
@RequestMapping("/internal/flows")
class InternalFlowController {

    private final FlowService service;

    InternalFlowController(FlowService service) {
        this.service = service;
    }

    /** Flows whose latest version uses the credential: {@code {"flow_ids":[..]}}. */
    @GetMapping
    Map<String, List<String>> usingCredential(@RequestParam String credential) {
        return Map.of("flow_ids", service.usingCredential(credential));
    }

    @GetMapping("/{id}")
    FlowOutline get(@PathVariable String id) {
        return service.find(id).map(FlowOutline::of).orElseThrow(() -> FlowService.unknown(id));
    }
}

package dev.weft.flow.resource;

import dev.weft.common.access.Caller;
import dev.weft.common.event.CommandReference;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.flow.quota.FlowLimit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The internal API: what other services ask about flows. */
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

    /** Some flows of other contracts than the named one that use any of its components: {@code {"flow_ids":[..]}}. */
    @PostMapping("/using-components")
    Map<String, List<String>> usingComponents(@RequestBody ComponentQuestion question) {
        return Map.of("flow_ids", service.usingComponents(question.components(), question.contract()));
    }

    /** A contract and what it owns. */
    record ComponentQuestion(String contract, List<String> components) {}

    /** The components that the latest versions of the workspace's flows use: {@code {"component_ids":[..]}}. */
    @GetMapping("/components")
    Map<String, List<String>> components(@RequestParam String workspace) {
        return Map.of("component_ids", service.componentsOf(workspace));
    }

    /** How many flows each limit counts: {@code {"counts":[..]}}. */
    @PostMapping("/counts")
    Map<String, List<Long>> counts(@RequestBody CountQuestion question) {
        return Map.of("counts", service.counts(question.limits()));
    }

    /** What is to be counted. */
    record CountQuestion(List<FlowLimit> limits) {}

    @GetMapping("/{id}")
    FlowOutline get(@PathVariable String id) {
        return service.find(id).map(FlowOutline::of).orElseThrow(() -> FlowService.unknown(id));
    }

    /** A command as it was given, for who has got a {@link CommandReference}; 404 when it is over. */
    @GetMapping("/{id}/commands/{wish}")
    ResponseEntity<byte[]> command(Caller caller, @PathVariable String id, @PathVariable long wish) {
        if (!caller.isService()) {
            throw Problem.of(ProblemCode.FORBIDDEN, "Commands are shown to services only.")
                    .exception();
        }
        var command = service.command(id, wish)
                .orElseThrow(
                        () -> Problem.notFound("command", Long.toString(wish)).exception());
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(command.getBytes(StandardCharsets.UTF_8));
    }
}

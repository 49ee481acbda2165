package dev.weft.execution.executionview;

import dev.weft.common.access.Caller;
import dev.weft.common.jsonapi.Document;
import dev.weft.common.jsonapi.ListQuery;
import dev.weft.execution.execution.ExecutionFilter;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Executions over HTTP. */
@RestController
class ExecutionController {

    private final ExecutionService executions;

    ExecutionController(ExecutionService executions) {
        this.executions = executions;
    }

    @GetMapping("/v2/executions")
    Document ofWorkspace(Caller caller, HttpServletRequest request) {
        return executions.ofWorkspace(caller, ListQuery.of(request, ExecutionFilter.OF_WORKSPACE));
    }

    @GetMapping("/v2/flows/{flowId}/executions")
    Document ofFlow(Caller caller, @PathVariable String flowId, HttpServletRequest request) {
        return executions.ofFlow(caller, flowId, ListQuery.of(request, ExecutionFilter.OF_FLOW));
    }

    @GetMapping("/v2/executions/{id}")
    Document one(Caller caller, @PathVariable String id) {
        return executions.get(caller, id);
    }
}

package dev.weft.execution.execution;

import dev.weft.common.access.Caller;
import dev.weft.common.jsonapi.Document;
import dev.weft.common.jsonapi.ListQuery;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Executions over HTTP. */
@RestController
class ExecutionController {

    private final ExecutionService executions;
    private final RetryService retries;

    ExecutionController(ExecutionService executions, RetryService retries) {
        this.executions = executions;
        this.retries = retries;
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

    @PostMapping("/v2/executions/{id}/errors/{errorId}/retry")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Document retry(
            Caller caller,
            @PathVariable String id,
            @PathVariable String errorId,
            @RequestBody(required = false) @Nullable JsonNode body) {
        return retries.retry(caller, id, errorId, body);
    }
}

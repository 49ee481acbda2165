package dev.weft.execution.executionview;

import dev.weft.common.access.Caller;
import dev.weft.common.jsonapi.Document;
import dev.weft.common.jsonapi.ListQuery;
import dev.weft.execution.execution.Execution;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
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
        var query = ListQuery.of(request, ExecutionListing.OF_WORKSPACE);
        var listing = new ExecutionListing(query);
        var found = executions.ofWorkspace(
                caller, listing.workspaceId(), listing::ofWorkspace, listing.skip(), listing.size());
        return page(found, query);
    }

    @GetMapping("/v2/flows/{flowId}/executions")
    Document ofFlow(Caller caller, @PathVariable String flowId, HttpServletRequest request) {
        var query = ListQuery.of(request, ExecutionListing.OF_FLOW);
        var listing = new ExecutionListing(query);
        var found = executions.ofFlow(caller, flowId, () -> listing.ofFlow(flowId), listing.skip(), listing.size());
        return page(found, query);
    }

    private static Document page(ExecutionService.Found found, ListQuery query) {
        return Document.page(ExecutionResource.listed(found.executions()), found.total(), query);
    }

    @GetMapping("/v2/executions/{id}")
    Document one(Caller caller, @PathVariable String id) {
        var seen = executions.get(caller, id);
        return new Document(
                ExecutionResource.whole(seen), Map.of("steps_total", stepsTotal(seen.execution())), null, null);
    }

    /** Also those of which only the number is kept. */
    private static long stepsTotal(Execution execution) {
        return Math.max(execution.steps().size(), execution.messages());
    }
}

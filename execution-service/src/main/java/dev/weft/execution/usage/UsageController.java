package dev.weft.execution.usage;

import dev.weft.common.access.Caller;
import dev.weft.common.jsonapi.Document;
import dev.weft.common.jsonapi.ListQuery;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v2/quota-usages} (api-v2 12). */
@RestController
@RequestMapping("/v2/quota-usages")
class UsageController {

    private final UsageService service;

    UsageController(UsageService service) {
        this.service = service;
    }

    @GetMapping("/contracts/{id}")
    Document ofContract(Caller caller, @PathVariable String id, HttpServletRequest request) {
        var query = query(request);
        return Document.of(UsageResource.of(id, service.ofContract(caller, id, new UsageListing(query)::period)));
    }

    @GetMapping("/contracts/{id}/history")
    Document historyOfContract(Caller caller, @PathVariable String id, HttpServletRequest request) {
        var query = query(request);
        var history = service.historyOfContract(caller, id, new UsageListing(query)::period);
        return Document.list(UsageResource.history(history), query);
    }

    @GetMapping("/workspaces/{id}")
    Document ofWorkspace(Caller caller, @PathVariable String id, HttpServletRequest request) {
        var query = query(request);
        return Document.of(UsageResource.of(id, service.ofWorkspace(caller, id, new UsageListing(query)::period)));
    }

    @GetMapping("/workspaces/{id}/history")
    Document historyOfWorkspace(Caller caller, @PathVariable String id, HttpServletRequest request) {
        var query = query(request);
        var history = service.historyOfWorkspace(caller, id, new UsageListing(query)::period);
        return Document.list(UsageResource.history(history), query);
    }

    @GetMapping("/workspaces/{id}/flows")
    Document flowsOfWorkspace(Caller caller, @PathVariable String id, HttpServletRequest request) {
        var query = query(request);
        var flows = service.flowsOfWorkspace(caller, id, new UsageListing(query)::period);
        return Document.list(UsageResource.flows(flows), query);
    }

    @GetMapping("/flows/{id}/history")
    Document historyOfFlow(Caller caller, @PathVariable String id, HttpServletRequest request) {
        var query = query(request);
        var history = service.historyOfFlow(caller, id, new UsageListing(query)::period);
        return Document.list(UsageResource.history(history), query);
    }

    private static ListQuery query(HttpServletRequest request) {
        return ListQuery.of(request, ListQuery.Rules.whole());
    }
}

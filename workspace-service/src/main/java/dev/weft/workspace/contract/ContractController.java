package dev.weft.workspace.contract;

import dev.weft.common.access.Caller;
import dev.weft.common.jsonapi.Document;
import dev.weft.common.jsonapi.ListQuery;
import dev.weft.common.jsonapi.Resource;
import dev.weft.workspace.inviterecord.InviteResource;
import dev.weft.workspace.membership.MemberResource;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v2/contracts}. */
@RestController
@RequestMapping("/v2/contracts")
class ContractController {

    private static final ListQuery.Rules LIST = ListQuery.Rules.paged(20);
    private static final ListQuery.Rules SINGLE = ListQuery.Rules.whole().includes("members", "invites");

    private final ContractService service;
    private final ContractChangeService changes;

    ContractController(ContractService service, ContractChangeService changes) {
        this.service = service;
        this.changes = changes;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Document create(Caller caller, @RequestBody(required = false) @Nullable JsonNode body) {
        var request = new ContractRequest(body);
        var created = changes.create(
                caller, request.tenant(caller), () -> request.creation(id -> service.exists(caller, id)));
        return Document.of(ContractResource.of(created));
    }

    @GetMapping
    Document list(Caller caller, HttpServletRequest request) {
        var query = ListQuery.of(request, LIST);
        var found = service.list(
                caller,
                new ContractListing(
                        query.first("tenant_id").orElse(null),
                        query.page().skip(),
                        query.page().size()));
        var items = found.contracts().stream()
                .map(contract -> ContractResource.of(service.view(caller, contract)))
                .toList();
        return Document.page(items, found.cut(), found.total(), query);
    }

    @GetMapping("/{id}")
    Document get(Caller caller, @PathVariable String id, HttpServletRequest request) {
        var includes = ListQuery.of(request, SINGLE).includes();
        var view = service.get(caller, id);
        var invites = service.invites(caller, id);
        var included = new ArrayList<Resource>();
        // Those of the relationships, whoever comes or goes meanwhile.
        if (includes.contains("members")) {
            service.membersOf(caller, view).forEach(one -> included.add(MemberResource.ofContract(one)));
        }
        if (includes.contains("invites")) {
            invites.forEach(one -> included.add(InviteResource.ofContract(one)));
        }
        var resource = ContractResource.ofOne(view, invites);
        return includes.isEmpty() ? Document.of(resource) : Document.of(resource, List.copyOf(included));
    }

    @PatchMapping("/{id}")
    Document change(Caller caller, @PathVariable String id, @RequestBody(required = false) @Nullable JsonNode body) {
        var request = new ContractRequest(body);
        var changed = changes.change(caller, id, request.attributes(), () -> request.change(id));
        return Document.of(ContractResource.of(changed));
    }

    @GetMapping("/{id}/roles")
    Document roles(Caller caller, @PathVariable String id) {
        return Document.of(ContractResource.policy(id, service.roles(caller, id)));
    }
}

package dev.weft.registry.team;

import dev.weft.common.access.Caller;
import dev.weft.common.jsonapi.Document;
import dev.weft.common.jsonapi.ListQuery;
import dev.weft.registry.teamrecord.TeamListing;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v2/teams}. */
@RestController
@RequestMapping("/v2/teams")
class TeamController {

    private static final String MEMBERS = "/{id}/relationships/members";

    private final TeamService service;
    private final TeamMemberService members;

    TeamController(TeamService service, TeamMemberService members) {
        this.service = service;
        this.members = members;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Document create(Caller caller, @RequestBody(required = false) @Nullable JsonNode body) {
        var request = new TeamRequest(body);
        var created =
                service.create(caller, request.contractId(), () -> request.creation(id -> service.exists(caller, id)));
        return Document.of(TeamResource.of(created));
    }

    @GetMapping
    Document list(Caller caller, HttpServletRequest request) {
        var query = ListQuery.of(request, ListQuery.Rules.whole());
        var page = query.page();
        var found = service.list(caller, new TeamListing(query.requireId("contract_id"), page.skip(), page.size()));
        var items = found.teams().stream().map(TeamResource::of).toList();
        return Document.list(items, found.cut(), found.total(), query);
    }

    @GetMapping("/{id}")
    Document get(Caller caller, @PathVariable String id) {
        return Document.of(TeamResource.of(service.get(caller, id)));
    }

    @PatchMapping("/{id}")
    Document change(Caller caller, @PathVariable String id, @RequestBody(required = false) @Nullable JsonNode body) {
        var changed = service.change(caller, id, () -> new TeamRequest(body).change(id));
        return Document.of(TeamResource.of(changed));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String id) {
        service.delete(caller, id);
    }

    @PostMapping(MEMBERS)
    Document addMember(Caller caller, @PathVariable String id, @RequestBody(required = false) @Nullable JsonNode body) {
        return Document.of(TeamResource.of(members.addMember(caller, id, new TeamRequest(body)::userId)));
    }

    @DeleteMapping(MEMBERS)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeMember(Caller caller, @PathVariable String id, @RequestBody(required = false) @Nullable JsonNode body) {
        members.removeMember(caller, id, new TeamRequest(body)::userId);
    }
}

package dev.weft.workspace.member;

import dev.weft.common.access.Caller;
import dev.weft.common.jsonapi.Document;
import dev.weft.common.jsonapi.ListQuery;
import dev.weft.workspace.membership.MemberRequest;
import dev.weft.workspace.membership.MemberResource;
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

/** {@code /v2/workspaces/{id}/members}. */
@RestController
@RequestMapping("/v2/workspaces/{id}/members")
class WorkspaceMemberController {

    private static final String TYPE = "member";

    private final WorkspaceMemberService service;

    WorkspaceMemberController(WorkspaceMemberService service) {
        this.service = service;
    }

    @GetMapping
    Document list(Caller caller, @PathVariable String id, HttpServletRequest request) {
        var query = ListQuery.of(request, ListQuery.Rules.whole());
        var members = service.list(caller, id).stream()
                .map(MemberResource::ofWorkspace)
                .toList();
        return Document.list(members, query);
    }

    @PostMapping
    Document add(Caller caller, @PathVariable String id, @RequestBody(required = false) @Nullable JsonNode body) {
        return Document.of(MemberResource.ofWorkspace(service.add(caller, id, new MemberRequest(body, TYPE)::joining)));
    }

    @PatchMapping("/{userId}")
    Document changeRoles(
            Caller caller,
            @PathVariable String id,
            @PathVariable String userId,
            @RequestBody(required = false) @Nullable JsonNode body) {
        var changed = service.changeRoles(caller, id, userId, () -> new MemberRequest(body, TYPE).changing(userId));
        return Document.of(MemberResource.ofWorkspace(changed));
    }

    @DeleteMapping("/{userId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(Caller caller, @PathVariable String id, @PathVariable String userId) {
        service.remove(caller, id, userId);
    }
}

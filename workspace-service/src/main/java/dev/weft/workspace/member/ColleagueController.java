package dev.weft.workspace.member;

import dev.weft.common.access.Caller;
import dev.weft.common.jsonapi.Document;
import dev.weft.workspace.membership.MemberResource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v2/members/{user_id}}. */
@RestController
class ColleagueController {

    private final ColleagueService service;

    ColleagueController(ColleagueService service) {
        this.service = service;
    }

    @GetMapping("/v2/members/{userId}")
    Document get(Caller caller, @PathVariable String userId) {
        return Document.of(MemberResource.ofWorkspace(service.get(caller, userId)));
    }
}

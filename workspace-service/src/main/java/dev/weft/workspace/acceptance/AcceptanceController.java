package dev.weft.workspace.acceptance;

import dev.weft.common.jsonapi.Document;
import dev.weft.workspace.membership.MemberResource;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code POST /v2/invites/{token}/accept}: for whoever holds the token, without any credentials. */
@RestController
class AcceptanceController {

    private final AcceptanceService service;

    AcceptanceController(AcceptanceService service) {
        this.service = service;
    }

    @PostMapping("/v2/invites/{token}/accept")
    Document accept(@PathVariable String token, @RequestBody(required = false) @Nullable JsonNode body) {
        var accepted = service.accept(token, () -> new NewcomerRequest(body).newcomer());
        var member = accepted.member();
        return Document.of(
                accepted.inWorkspace() ? MemberResource.ofWorkspace(member) : MemberResource.ofContract(member));
    }
}

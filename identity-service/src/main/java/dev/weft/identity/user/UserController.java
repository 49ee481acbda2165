package dev.weft.identity.user;

import dev.weft.common.access.Caller;
import dev.weft.common.jsonapi.Document;
import dev.weft.common.jsonapi.ListQuery;
import dev.weft.common.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /v2/users} (api-v2 4.5). */
@RestController
@RequestMapping("/v2/users")
class UserController {

    private static final int PAGE = 50;

    /** Set by the gateway, whoever else sent it. */
    private static final String CLIENT_ADDRESS = "X-Weft-Client-Address";

    private final UserService service;
    private final OwnUserService own;
    private final UserAdminService admin;

    UserController(UserService service, OwnUserService own, UserAdminService admin) {
        this.service = service;
        this.own = own;
        this.admin = admin;
    }

    @GetMapping("/me")
    Document me(Caller caller) {
        return Document.of(
                caller.isServiceAccount() ? UserResource.ofServiceAccount(caller) : UserResource.of(own.me(caller)));
    }

    @PatchMapping("/me")
    Document changeMe(
            Caller caller,
            @RequestHeader(name = CLIENT_ADDRESS, defaultValue = "") String address,
            @RequestBody(required = false) @Nullable JsonNode body) {
        var changed = own.changeMe(caller, address, () -> new UserRequest(body).change(caller.id()));
        return Document.of(UserResource.of(changed));
    }

    @GetMapping("/{id}")
    Document get(Caller caller, @PathVariable("id") String id) {
        return Document.of(UserResource.of(service.get(caller, id)));
    }

    @GetMapping
    Document list(Caller caller, HttpServletRequest request) {
        var query = ListQuery.of(request, ListQuery.Rules.paged(PAGE));
        var page = service.list(caller, filter(query));
        return Document.page(page.users().stream().map(UserResource::of).toList(), page.total(), query);
    }

    private static UserFilter filter(ListQuery query) {
        var email = query.first("email").orElse(null);
        var page = query.page();
        var filter = new UserFilter(
                email,
                query.first("iss").orElse(null),
                query.first("sub").orElse(null),
                query.first("tenant_id").orElse(null),
                page.skip(),
                page.size());
        if (email != null && filter.isForeign()) {
            throw Problem.parameter("email", "email can not be combined with iss or sub.")
                    .exception();
        }
        return filter;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Document create(Caller caller, @RequestBody(required = false) @Nullable JsonNode body) {
        var request = new UserRequest(body);
        var created =
                admin.create(caller, request.tenant(caller), () -> request.creation(id -> service.exists(caller, id)));
        return Document.of(UserResource.of(created));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable("id") String id) {
        admin.delete(caller, id);
    }
}

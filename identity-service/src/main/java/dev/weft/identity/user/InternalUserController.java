package dev.weft.identity.user;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weft.common.access.Caller;
import dev.weft.identity.userrecord.User;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /internal/users?ids=a,b}: names for other services; ids that are unknown to the caller are left out.
 * {@code POST /internal/users/{id}/joined}: the user is now a member of a contract, or its support user, and so is not
 * deleted for having left another one; answers the user's name, or 404 when the user is deleted already. May be
 * repeated.
 */
@RestController
class InternalUserController {

    private final InternalUserService service;

    InternalUserController(InternalUserService service) {
        this.service = service;
    }

    /** {@code {"id","tenant","email","first_name","last_name"}}. */
    record Named(
            String id,
            String tenant,
            String email,
            @JsonProperty("first_name") String firstName,
            @JsonProperty("last_name") String lastName) {

        static Named of(User user) {
            return new Named(user.id(), user.tenantId(), user.email(), user.firstName(), user.lastName());
        }
    }

    @GetMapping("/internal/users")
    List<Named> named(Caller caller, @RequestParam("ids") List<String> ids) {
        return service.named(caller, ids).stream().map(Named::of).toList();
    }

    @PostMapping("/internal/users/{id}/joined")
    Named joined(Caller caller, @PathVariable String id) {
        return Named.of(service.joined(caller, id));
    }
}

package dev.weft.identity.user;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weft.common.access.Caller;
import dev.weft.identity.userrecord.EmailAddress;
import dev.weft.identity.userrecord.User;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * {@code GET /internal/users?ids=a,b}: names for other services; ids that are unknown to the caller are left out.
 * {@code POST /internal/users/{id}/joined}: the user is now a member of a contract, or its support user, and so is not
 * deleted for having left another one; answers the user's name, or 404 when the user is deleted already. May be
 * repeated. {@code POST /internal/addresses} and {@code POST /internal/tenants/{id}/invited-users}: for invites, services
 * only.
 */
@RestController
class InternalUserController {

    private final InternalUserService service;
    private final UserAdminService admin;

    InternalUserController(InternalUserService service, UserAdminService admin) {
        this.service = service;
        this.admin = admin;
    }

    /** An e-mail address as somebody sent it, to be looked at for a tenant. */
    record AddressQuestion(String tenant, String email) {}

    /**
     * What there is to say of an address.
     *
     * @param email   in its normal form
     * @param refused by the tenant, for its domain
     * @param user    who has it, of whatever tenant; null for nobody
     */
    record KnownAddress(
            String email,
            boolean valid,
            boolean refused,
            @Nullable Named user) {}

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

    /** In a body, since paths land in logs. */
    @PostMapping("/internal/addresses")
    KnownAddress address(Caller caller, @RequestBody AddressQuestion asked) {
        var email = EmailAddress.normal(asked.email());
        if (!EmailAddress.isValid(email)) {
            return new KnownAddress(email, false, false, null);
        }
        var user = service.withAddress(caller, email).map(Named::of).orElse(null);
        return new KnownAddress(email, true, service.isRefused(caller, asked.tenant(), email), user);
    }

    /** The document of a new user, refused as {@code POST /v2/users} refuses it. */
    @PostMapping("/internal/tenants/{id}/invited-users")
    Named create(Caller caller, @PathVariable("id") String tenantId, @RequestBody JsonNode document) {
        return Named.of(admin.createInvited(caller, tenantId, () -> new UserRequest(document).creation(_ -> false)));
    }

    @PostMapping("/internal/users/{id}/joined")
    Named joined(Caller caller, @PathVariable String id) {
        return Named.of(service.joined(caller, id));
    }
}

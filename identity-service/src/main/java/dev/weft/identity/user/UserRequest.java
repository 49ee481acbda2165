package dev.weft.identity.user;

import dev.weft.common.jsonapi.RequestDocument;
import dev.weft.identity.userrecord.EmailAddress;
import dev.weft.identity.userrecord.User;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The document of a request about a user (api-v2 4.5), read in the order of 1.3: the tenant before the rest. */
final class UserRequest {

    private final @Nullable JsonNode body;

    UserRequest(@Nullable JsonNode body) {
        this.body = body;
    }

    /** The tenant that the request names; empty when it names none. */
    Optional<String> tenant() {
        return body != null && body.path("data").path("relationships").has(UserTenants.TYPE)
                ? Optional.of(requiredTenant())
                : Optional.empty();
    }

    /** The tenant, from a caller who has none: 400 without. */
    String requiredTenant() {
        return RequestDocument.scopeOf(body, UserTenants.TYPE);
    }

    /** A new user. {@code exists} tells whether an id is taken, {@code isRefused} which domains the tenant does not take. */
    UserChange creation(Predicate<String> exists, Predicate<String> isRefused) {
        var document = RequestDocument.of(body, UserResource.TYPE).withoutId(exists);
        document.related(UserTenants.TYPE, UserTenants.TYPE);
        var fields = document.fields();
        var form = new UserForm(fields);
        var email = form.email();
        var change = new UserChange(
                email,
                form.requiredName("first_name"),
                form.requiredName("last_name"),
                form.company(null),
                form.newPassword(),
                "");
        if (isRefused.test(EmailAddress.domainOf(email))) {
            fields.problem("email", "This tenant takes no addresses of that domain.");
        }
        fields.orThrow();
        return change;
    }

    /** Of the caller: what the request does not name stays as it is in {@code present}. */
    UserChange change(User present) {
        var fields = RequestDocument.of(body, UserResource.TYPE)
                .forId(present.id(), false)
                .fields();
        var form = new UserForm(fields);
        var change = new UserChange(
                present.email(),
                form.name("first_name", present.firstName()),
                form.name("last_name", present.lastName()),
                form.company(present.company()),
                fields.has("password") ? form.newPassword() : null,
                form.currentPassword());
        if (change.password() != null && change.currentPassword().isEmpty()) {
            fields.problem("current_password", "A new password needs the current one.");
        }
        fields.orThrow();
        return change;
    }
}

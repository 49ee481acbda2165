package dev.weft.identity.user;

import dev.weft.common.access.Caller;
import dev.weft.common.jsonapi.RequestDocument;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The document of a request about a user (api-v2 4.5), read in the order of 1.3: the tenant first. */
final class UserRequest {

    private static final String TENANT = "tenant";

    private final @Nullable JsonNode body;

    UserRequest(@Nullable JsonNode body) {
        this.body = body;
    }

    /** The tenant that the request names, else the caller's own; who has none must name one. */
    String tenant(Caller caller) {
        var own = caller.tenantId();
        var isNamed = body != null && body.path("data").path("relationships").has(TENANT);
        return own == null || isNamed ? RequestDocument.scopeOf(body, TENANT) : own;
    }

    /** A new user. {@code exists} tells whether an id is taken. */
    NewUser creation(Predicate<String> exists) {
        var document = RequestDocument.of(body, UserResource.TYPE).withoutId(exists);
        document.related(TENANT, TENANT);
        var fields = document.fields();
        var form = new UserForm(fields);
        return new NewUser(
                form.email(),
                form.requiredName("first_name"),
                form.requiredName("last_name"),
                form.company().flatMap(company -> company).orElse(null),
                form.newPassword(),
                fields.faults());
    }

    /** Of the user with that id. */
    UserChange change(String id) {
        var fields =
                RequestDocument.of(body, UserResource.TYPE).forId(id, false).fields();
        var form = new UserForm(fields);
        var change = new UserChange(
                form.name("first_name"),
                form.name("last_name"),
                form.company(),
                fields.has("password") ? Optional.of(form.newPassword()) : Optional.empty(),
                form.currentPassword());
        if (change.password().isPresent() && change.currentPassword().isEmpty()) {
            fields.problem("current_password", "A new password needs the current one.");
        }
        fields.orThrow();
        return change;
    }
}
